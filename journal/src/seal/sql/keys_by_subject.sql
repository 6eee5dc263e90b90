select key_id, subject, wrapped from vault.subject_keys where subject = any($1)
