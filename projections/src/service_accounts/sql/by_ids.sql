select to_jsonb(s) as stored from service_accounts s where account_id = any($1)
