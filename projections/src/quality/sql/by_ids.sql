select to_jsonb(q) as stored from quality q where ticket_id = any($1)
