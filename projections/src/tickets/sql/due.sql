select t.ticket_id, t.version, t.reopen_count
from tickets t
where t.state = 'RESOLVED' and t.resolved_at <= $1
order by t.resolved_at, t.ticket_id
limit $2
