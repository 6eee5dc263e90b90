select min(p.applied_through) as least, max(p.applied_through) as most,
       (select c.last_error from read.projections c where c.name = $1) as last_error
from {schema}.progress p
