-- The events with these numbers: a page of them, in order.
select l.global_seq, l.aggregate_type, l.aggregate_id, l.sequence, l.leaf,
       l.event_type as log_event_type, l.recorded_at as log_recorded_at,
       e.event_type, e.event_version, e.payload::text as payload, e.metadata::text as metadata,
       e.recorded_at, e.salt
from journal.log l
left join journal.events e using (aggregate_type, aggregate_id, sequence)
where l.global_seq = any($4::bigint[])
  and l.global_seq > $1 and l.global_seq <= $2
order by l.global_seq
limit $3
