-- What was recorded from one instant to before another: a page, by the numbers.
select l.global_seq, l.aggregate_type, l.aggregate_id, l.sequence, l.leaf,
       l.event_type as log_event_type, l.recorded_at as log_recorded_at,
       e.event_type, e.event_version, e.payload::text as payload, e.metadata::text as metadata,
       e.recorded_at, e.salt
from journal.log l
left join journal.events e using (aggregate_type, aggregate_id, sequence)
where l.recorded_at >= $4 and l.recorded_at < $5
  and l.global_seq > $1 and l.global_seq <= $2
order by l.global_seq
limit $3
