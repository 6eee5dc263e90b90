select token_id, account_id from identity.service_tokens where token_hash = $1
