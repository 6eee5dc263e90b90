-- No transaction at or above the fence can have settled; whoever has this very number holds it there.
-- Counting stops at a hundred thousand.
with fence as materialized (
    select pg_snapshot_xmin(s) as xmin, pg_snapshot_xmax(s) as xmax from pg_current_snapshot() s
), unsettled as (
    select count(*) as events, min(u.recorded_at) as oldest
    from (
        select e.recorded_at
        from journal.sequencer s
        cross join fence f
        join journal.events e
          on (e.xid, e.position) > (s.cursor_xid, s.cursor_position) and e.xid < f.xmax
        where (
            select l.global_seq from journal.log l
            where l.aggregate_type = e.aggregate_type and l.aggregate_id = e.aggregate_id
              and l.sequence = e.sequence
        ) is null
        limit 100000
    ) u
), holder as (
    select a.pid, a.datname::text as database, a.application_name as application,
           false as prepared, a.xact_start as since
    from fence f
    join pg_stat_activity a on a.backend_xid = f.xmin::xid
    union all
    select null, p.database::text, null, true, p.prepared
    from fence f
    join pg_prepared_xacts p on p.transaction = f.xmin::xid
    limit 1
)
select s.tree_size as head, s.epoch, u.events as unsettled,
       coalesce(extract(epoch from clock_timestamp() - u.oldest), 0)::float8 as unsettled_seconds,
       -- Since when is hidden from some logins; an event that waits is as good a sign.
       coalesce(
           extract(epoch from clock_timestamp() - coalesce(h.since, u.oldest)), 0
       )::float8 as held_seconds,
       h.prepared, h.pid, h.database, h.application,
       coalesce(c.size, 0) as published,
       coalesce(extract(epoch from clock_timestamp() - c.recorded_at), 0)::float8 as published_seconds,
       (
           select l.pid from pg_locks l
           where l.locktype = 'advisory' and l.granted and l.objsubid = 1
             and l.database = (select oid from pg_database where datname = current_database())
             and l.classid = ($1 >> 32)::oid and l.objid = ($1 & 4294967295)::oid
       ) as leader_pid
from journal.sequencer s
cross join unsettled u
left join holder h on true
left join lateral (
    select k.size, k.recorded_at from journal.checkpoints k order by k.size desc limit 1
) c on true
