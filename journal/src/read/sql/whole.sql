-- A left join: an event that is gone must be an error, not a missing row.
select l.global_seq, l.aggregate_type, l.aggregate_id, l.sequence, l.event_type,
       e.event_version, e.payload::text as payload, e.metadata::text as metadata, e.recorded_at
from unnest($1::text[]) t (aggregate_type)
join journal.log l
  on l.aggregate_type = t.aggregate_type and l.aggregate_id > $2 and l.aggregate_id <= $3
 and l.global_seq <= $4
left join journal.events e
       on e.aggregate_type = l.aggregate_type and e.aggregate_id = l.aggregate_id
      and e.sequence = l.sequence
order by l.aggregate_id, l.global_seq
