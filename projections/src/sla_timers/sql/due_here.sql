select to_jsonb(t) as stored
from sla_timers t
where t.next_at <= $1 and not t.imported
order by t.next_at, t.ticket_id
limit $2
