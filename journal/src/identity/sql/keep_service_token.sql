insert into identity.service_tokens (token_id, account_id, token_hash, created_at)
values ($1, $2, $3, $4)
