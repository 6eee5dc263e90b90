-- One token of an account, or all of them.
update identity.service_tokens set token_hash = null
where account_id = $1 and ($2::uuid is null or token_id = $2)
