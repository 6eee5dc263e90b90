-- The events of streams with one identity, whatever their types: a page of them, by their numbers.
select l.global_seq, l.aggregate_type, l.aggregate_id, l.sequence, l.leaf,
       l.event_type as log_event_type, l.recorded_at as log_recorded_at,
       e.event_type, e.event_version, e.payload::text as payload, e.metadata::text as metadata,
       e.recorded_at, e.salt
from journal.log l
left join journal.events e using (aggregate_type, aggregate_id, sequence)
where l.aggregate_type = any($4::text[]) and l.aggregate_id = $5
  and l.global_seq > $1 and l.global_seq <= $2
order by l.global_seq
limit $3
