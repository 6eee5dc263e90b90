-- How far the outbox is and what is in it, at one and the same moment: a server that has crashed may
-- come back with less than this process has heard of.
with known as (select min(p.applied_through) as through from view_notices.progress p)
select k.through, to_jsonb(o) as stored
from known k
left join lateral (
    select * from outbox o
    where o.recipient_id = $1 and o.channel = 'IN_APP'
      and o.global_seq > $2 and o.global_seq <= k.through
    order by o.global_seq
    limit $3
) o on true
order by o.global_seq
