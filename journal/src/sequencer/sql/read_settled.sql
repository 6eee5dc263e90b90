-- No running transaction can still bring an event before these: its xid would be at or above xmin.
-- The fence stands in the same statement as the read. No output column may be called xid: the sort
-- would take it, a cast, instead of the index.
select e.aggregate_type, e.aggregate_id, e.sequence, e.event_type, e.event_version,
       e.payload::text as payload, e.metadata::text as metadata, e.recorded_at, e.salt,
       e.xid::text::bigint as transaction, e.position
from journal.events e
where (e.xid, e.position) > ($1::bigint::text::xid8, $2)
  and e.xid < pg_snapshot_xmin(pg_current_snapshot())
order by e.xid, e.position
limit $3
