-- The same after a restore, while transaction numbers of the former life come by again: what has its
-- number already is passed over.
select e.aggregate_type, e.aggregate_id, e.sequence, e.event_type, e.event_version,
       e.payload::text as payload, e.metadata::text as metadata, e.recorded_at, e.salt,
       e.xid::text::bigint as transaction, e.position
from journal.events e
where (e.xid, e.position) > ($1::bigint::text::xid8, $2)
  and e.xid < pg_snapshot_xmin(pg_current_snapshot())
  and not exists (
      select from journal.log l
      where l.aggregate_type = e.aggregate_type and l.aggregate_id = e.aggregate_id
        and l.sequence = e.sequence
  )
order by e.xid, e.position
limit $3
