select p.position, count(*) as count
from people p
where p.position is not null and p.kind = 'STAFF' and p.life <> 'LEFT'
group by p.position
order by p.position
limit 500
