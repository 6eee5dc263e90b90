-- A left join: an event that is gone must be an error, not a missing row.
select l.global_seq, l.aggregate_type, l.aggregate_id, l.sequence, l.event_type,
       e.event_version, e.payload::text as payload, e.metadata::text as metadata, e.recorded_at
from journal.log l
left join journal.events e using (aggregate_type, aggregate_id, sequence)
where l.aggregate_type = any ($1) and l.aggregate_id = any ($2) and l.global_seq <= $3
order by l.global_seq
