select key_id, subject, wrapped is null as destroyed
from vault.subject_keys
where doomed_at is not null or wrapped is null
order by subject
