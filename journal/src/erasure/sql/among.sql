select distinct s.aggregate_id
from unnest($1::text[], $2::text[]) as s (aggregate_type, aggregate_id)
join journal.events e
    on e.aggregate_type = s.aggregate_type and e.aggregate_id = s.aggregate_id
where strpos(e.payload::text, $3) > 0 or strpos(e.metadata::text, $3) > 0
