delete from identity.service_tokens where token_id = $1
