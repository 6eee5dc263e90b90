-- The events of the command whose last one in each of these streams has this number. A command has
-- less than 256 in one.
select e.aggregate_type, e.aggregate_id, e.sequence, e.event_type, e.event_version,
       e.payload::text as payload, e.metadata::text as metadata, e.recorded_at, e.salt, s.origin
from unnest($1::text[], $2::text[], $3::bigint[]) as t (type, id, version)
join journal.events l
  on l.aggregate_type = t.type and l.aggregate_id = t.id and l.sequence = t.version
join journal.events e
  on e.aggregate_type = t.type and e.aggregate_id = t.id
 and e.sequence between t.version - 255 and t.version
 and e.metadata->>'command_id' = l.metadata->>'command_id'
cross join journal.sequencer s
order by e.aggregate_type, e.aggregate_id, e.sequence
