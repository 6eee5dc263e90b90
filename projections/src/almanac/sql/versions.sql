select e.aggregate_type, e.aggregate_id, e.sequence, e.event_type, e.event_version, e.payload
from unnest($1::text[], $2::bigint[]) w (calendar, version)
join journal.events e
    on e.aggregate_type = 'calendar' and e.aggregate_id = w.calendar and e.sequence = w.version
