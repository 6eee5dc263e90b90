insert into vault.subject_keys (key_id, subject, wrapped)
select n.key_id, n.subject, n.wrapped
from unnest($1::uuid[], $2::text[], $3::bytea[]) as n (key_id, subject, wrapped)
where not exists (select from vault.subject_keys k where k.subject = n.subject)
on conflict (subject) do nothing
