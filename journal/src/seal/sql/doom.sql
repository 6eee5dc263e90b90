-- Who never had a key is given a tombstone.
insert into vault.subject_keys (key_id, subject, wrapped, doomed_at, destroyed_at)
select $1, $2, null, i.now, i.now from (select clock_timestamp() as now) i
on conflict (subject) do update
set doomed_at = coalesce(vault.subject_keys.doomed_at, excluded.doomed_at)
returning key_id, subject
