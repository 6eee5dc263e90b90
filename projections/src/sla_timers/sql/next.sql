select min(next_at) as next_at from sla_timers where next_at > $1
