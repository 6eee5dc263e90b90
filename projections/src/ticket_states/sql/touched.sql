select ticket_id as key, to_jsonb(s) as stored from ticket_states_last s where ticket_id = any($1)
