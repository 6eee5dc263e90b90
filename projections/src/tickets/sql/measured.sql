select t.ticket_id, t.version, t.course
from tickets t
where t.open_rank = 0 and t.sla_plan_id is not null and t.ticket_id > $1
order by t.ticket_id
limit $2
