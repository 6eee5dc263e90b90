select quote_ident(n.nspname) as name
from pg_namespace n
where obj_description(n.oid, 'pg_namespace') = 'annals: a view as it was'
order by n.nspname
