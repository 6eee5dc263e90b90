-- $2: whether the append keeps the model, so that it is never behind; $3: the class of rebuild locks.
select c.version, c.last_error, c.paused_at, c.paused_by, c.paused_reason, c.events_per_second,
       s.tree_size as head, p.slots, d.parked, least(d.oldest, c.failed_at) as failing_since,
       case when $2 then s.tree_size else p.applied_through end as applied_through,
       coalesce(
           extract(epoch from clock_timestamp() - first_lacking.recorded_at)::float8, 0
       ) as lag_seconds,
       exists (
           select from pg_locks l
           where l.locktype = 'advisory' and l.granted and l.objsubid = 2
             and l.database = (select oid from pg_database where datname = current_database())
             and l.classid = $3::integer::bigint::oid
             and l.objid = (hashtext($1)::bigint & 4294967295)::oid
       ) as rebuilding
from read.projections c
cross join journal.sequencer s
cross join (
    select min(applied_through) as applied_through, count(*) as slots from {schema}.progress
) p
cross join (
    select count(*) as parked, min(parked_at) as oldest
    from read.dead_letters
    where projection = $1 and resolved_at is null
) d
left join journal.log first_lacking
       on first_lacking.global_seq = p.applied_through + 1 and not $2
where c.name = $1
