select to_jsonb(i) as stored from ticket_impacts i where ticket_id = any($1)
