select ticket_id, recorded from sla_timers where ticket_id = any($1) and recorded <> '[]'
