select key_id, subject, case when doomed_at is null then wrapped end as wrapped
from vault.subject_keys
where key_id = any($1)
