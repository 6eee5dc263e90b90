select c.ticket_id, count(*) as count
from comments c
where c.ticket_id = any($1) and ($2 or not c.internal)
group by c.ticket_id
