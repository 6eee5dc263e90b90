select key_id, subject, wrapped
from vault.subject_keys
where wrapped is not null and key_id > $1
order by key_id
limit $2
