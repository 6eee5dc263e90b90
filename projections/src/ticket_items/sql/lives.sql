select ticket_id as key, to_jsonb(l) as stored from ticket_lives l where ticket_id = any($1)
