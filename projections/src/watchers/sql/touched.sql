select ticket_id as key, to_jsonb(w) as stored from watchers w where ticket_id = any($1)
