-- What can be seen, but is of a transaction that this cluster has yet to begin, is of another life.
with present as materialized (
    select pg_snapshot_xmax(pg_current_snapshot()) as next_xid
), unnumbered as (
    select 1
    from present p
    join journal.events e on e.xid >= p.next_xid
    where not exists (
        select from journal.log l
        where l.aggregate_type = e.aggregate_type and l.aggregate_id = e.aggregate_id
          and l.sequence = e.sequence
    )
    limit 1
)
select s.cursor_xid >= p.next_xid or (select count(*) from unnumbered) > 0 as restored
from journal.sequencer s, present p
