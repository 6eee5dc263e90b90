select to_jsonb(o) as stored
from outbox o
where o.recipient_id = $1 and o.channel = 'IN_APP' and o.global_seq > $2 and o.global_seq <= $3
order by o.global_seq
limit $4
