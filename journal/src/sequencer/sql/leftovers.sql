-- Every event without a number that no running transaction can precede: of finished transactions, or
-- of another life. Both lives count positions on, and a stream's events follow one another by it. The
-- fence comes along even when there is none.
with fence as materialized (
    select pg_snapshot_xmin(s) as xmin, pg_snapshot_xmax(s) as xmax from pg_current_snapshot() s
)
select f.xmin::text::bigint as fence, u.*
from fence f
left join lateral (
    select e.aggregate_type, e.aggregate_id, e.sequence, e.event_type, e.event_version,
           e.payload::text as payload, e.metadata::text as metadata, e.recorded_at, e.salt,
           e.xid::text::bigint as transaction, e.position
    from journal.events e
    where (e.xid < f.xmin or e.xid >= f.xmax)
      and not exists (
          select from journal.log l
          where l.aggregate_type = e.aggregate_type and l.aggregate_id = e.aggregate_id
            and l.sequence = e.sequence
      )
    order by e.position
    limit $1
) u on true
order by u.position
