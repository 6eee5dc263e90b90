select e.aggregate_type, e.aggregate_id, e.sequence, e.event_type, e.event_version, e.payload,
       e.metadata, e.recorded_at
from journal.events e
where e.aggregate_type = 'ticket_clock' and e.aggregate_id = any($1)
order by e.aggregate_id, e.sequence
