update vault.subject_keys
set wrapped = null, destroyed_at = clock_timestamp()
where key_id = any($1) and wrapped is not null and doomed_at is not null
