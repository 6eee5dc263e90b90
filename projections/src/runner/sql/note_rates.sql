update read.projections p set events_per_second = r.rate
from unnest($1::text[], $2::float8[]) as r (name, rate)
where p.name = r.name and p.events_per_second <> r.rate
