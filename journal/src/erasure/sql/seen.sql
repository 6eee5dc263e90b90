-- $1 a fence. What this table's rewriting would keep for somebody: a snapshot from before, of this database
-- or of a standby, or one that is still to come since whoever was writing then writes on.
select count(*) as seen
from (
    select backend_xmin as oldest from pg_stat_activity
    where (datid is null or datname = current_database()) and pid <> pg_backend_pid()
    union all
    select transaction from pg_prepared_xacts
    union all
    select xmin from pg_replication_slots
    union all
    select pg_snapshot_xmin(pg_current_snapshot())::xid
) s
where age(s.oldest) > age($1::text::xid8::xid)
