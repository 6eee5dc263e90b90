select p.last_error,
       (
           select count(*) from read.dead_letters d
           where d.projection = p.name and d.resolved_at is null
       ) as parked
from read.projections p
where p.name = $1
