select aggregate_type, aggregate_id, sequence, event_type, event_version,
       payload::text as payload, metadata::text as metadata, recorded_at
from journal.events
where aggregate_type = $1 and aggregate_id = $2 and sequence > $3
order by sequence
