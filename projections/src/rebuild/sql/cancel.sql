-- $2: the class of rebuild locks. What nobody works on is cancelled by this alone.
with held as (
    select exists (
        select from pg_locks l
        where l.locktype = 'advisory' and l.granted and l.objsubid = 2
          and l.database = (select oid from pg_database where datname = current_database())
          and l.classid = $2::integer::bigint::oid
          and l.objid = (hashtext($1)::bigint & 4294967295)::oid
    ) as held
)
update read.rebuilds r set
    cancelling = held.held,
    state = case when held.held then r.state else 'CANCELLED' end,
    finished_at = case when held.held then null else clock_timestamp() end,
    updated_at = clock_timestamp()
from held
where r.projection = $1 and r.state in ('REQUESTED', 'RUNNING')
returning r.*
