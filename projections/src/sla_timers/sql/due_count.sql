select count(*) as due from sla_timers where next_at <= $1
