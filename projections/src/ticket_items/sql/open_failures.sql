select to_jsonb(f) as stored from ticket_failures f where ticket_id = any($1) and until_seq is null
