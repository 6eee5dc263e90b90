select to_jsonb(c) as stored
from comments c
where c.ticket_id = $1 and ($2 or not c.internal) and c.global_seq > $4
order by c.global_seq
limit $3
