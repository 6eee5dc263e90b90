-- A key that was destroyed, or wrapped again, meanwhile is left as it is.
update vault.subject_keys k
set wrapped = n.wrapped
from unnest($1::uuid[], $2::bytea[], $3::bytea[]) as n (key_id, old, wrapped)
where k.key_id = n.key_id and k.wrapped = n.old
