select e.aggregate_type, e.aggregate_id, e.sequence, e.event_type, e.event_version, e.payload,
       e.metadata, e.recorded_at
from unnest($1::text[], $2::bigint[]) w (ticket, version)
join journal.events e
    on e.aggregate_type = 'ticket' and e.aggregate_id = w.ticket and e.sequence <= w.version
order by e.aggregate_id, e.sequence
