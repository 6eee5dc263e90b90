select key_id from vault.subject_keys where subject = $1
