select password_hash, must_change from identity.credentials where person_id = $1
