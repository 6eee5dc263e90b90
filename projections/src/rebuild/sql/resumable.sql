-- The last one, unless it came to its end.
select id
from (
    select r.id, r.state from read.rebuilds r
    where r.projection = $1
    order by r.requested_at desc, r.id desc
    limit 1
) r
where r.state in ('REQUESTED', 'RUNNING', 'CANCELLED', 'FAILED')
