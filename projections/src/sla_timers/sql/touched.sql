select ticket_id as key, to_jsonb(t) as stored from sla_timers t where ticket_id = any($1)
