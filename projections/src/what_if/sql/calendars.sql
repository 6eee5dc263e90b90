select e.aggregate_type, e.aggregate_id, e.sequence, e.event_type, e.event_version, e.payload
from journal.log l
join journal.events e using (aggregate_type, aggregate_id, sequence)
where l.aggregate_type = 'calendar' and l.global_seq <= $1
order by e.aggregate_id, e.sequence
