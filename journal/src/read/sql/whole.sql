-- An event that is gone must be an error, not a missing row. Both sides are read as ranges of their
-- keys: one look-up an event would take longer than all the rest. The offset keeps them apart, for a
-- plan that does not know the range expects a few events alone; a full join, which cannot compare each
-- with each, keeps that from being its way to bring them together.
select l.global_seq, l.aggregate_type, l.aggregate_id, l.sequence, l.event_type,
       e.event_version, e.payload, e.metadata, e.recorded_at
from (
    select l.*
    from unnest($1::text[]) t (aggregate_type)
    join journal.log l
      on l.aggregate_type = t.aggregate_type and l.aggregate_id > $2 and l.aggregate_id <= $3
     and l.global_seq <= $4
) l
full join (
    select e.aggregate_type, e.aggregate_id, e.sequence,
           e.event_version, e.payload::text as payload, e.metadata::text as metadata, e.recorded_at
    from unnest($1::text[]) t (aggregate_type)
    join journal.events e
      on e.aggregate_type = t.aggregate_type and e.aggregate_id > $2 and e.aggregate_id <= $3
    offset 0
) e using (aggregate_type, aggregate_id, sequence)
where coalesce(l.global_seq, 0) > 0
