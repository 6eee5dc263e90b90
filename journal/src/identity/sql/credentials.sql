select password_hash, must_change, expires_at from identity.credentials where person_id = $1
