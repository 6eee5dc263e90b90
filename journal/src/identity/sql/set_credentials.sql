insert into identity.credentials (person_id, password_hash, must_change, changed_at, expires_at)
values ($1, $2, $3, $4, $5)
on conflict (person_id) do update
set password_hash = excluded.password_hash, must_change = excluded.must_change,
    changed_at = excluded.changed_at, expires_at = excluded.expires_at
