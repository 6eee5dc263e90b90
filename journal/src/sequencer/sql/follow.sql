-- Takes the lock if it is free, and looks how whoever has it is doing: how far the log is, whether an
-- event could have its number and has none, and which connection leads. Numbers are looked up as
-- values: to see that none `exists`, the server may make a table of the whole log.
select pg_try_advisory_lock($1) as leads, s.epoch, s.tree_size as head,
       exists (
           select from journal.events e
           where (e.xid, e.position) > (s.cursor_xid, s.cursor_position)
             and e.xid < pg_snapshot_xmin(pg_current_snapshot())
             and (
                 select l.global_seq from journal.log l
                 where l.aggregate_type = e.aggregate_type and l.aggregate_id = e.aggregate_id
                   and l.sequence = e.sequence
             ) is null
       ) as waiting,
       (
           select l.pid from pg_locks l
           where l.locktype = 'advisory' and l.granted and l.objsubid = 1
             and l.database = (select oid from pg_database where datname = current_database())
             and l.classid = ($1 >> 32)::oid and l.objid = ($1 & 4294967295)::oid
       ) as leader
from journal.sequencer s
