select token_id, last_used_at from identity.service_tokens
where token_id = any($1) and last_used_at is not null
