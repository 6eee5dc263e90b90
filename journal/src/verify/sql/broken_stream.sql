select aggregate_type || '/' || aggregate_id as stream
from journal.events
group by aggregate_type, aggregate_id
having min(sequence) <> 1 or max(sequence) <> count(*)
limit 1
