select e.aggregate_type, e.aggregate_id, e.sequence, e.event_type, e.event_version, e.payload,
       e.xid::text::bigint as transaction, e.position
from journal.events e
where (e.xid, e.position) > ($1::bigint::text::xid8, $2)
  and (e.xid, e.position) <= ($3::bigint::text::xid8, $4)
order by e.xid, e.position
limit $5
