select key_id, subject, wrapped from vault.subject_keys where key_id = any($1)
