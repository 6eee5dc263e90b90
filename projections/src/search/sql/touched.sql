select ticket_id as key, to_jsonb(x) as stored from ticket_texts x where ticket_id = any($1)
