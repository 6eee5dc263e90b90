select t.ticket_id as key, to_jsonb(t) as stored from notice_tickets t where t.ticket_id = any($1)
