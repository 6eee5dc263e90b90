select s.aggregate_id, s.aggregate_type, s.state
from unnest($1::uuid[], $2::text[]) as w (id, type)
join timeline_streams s on s.aggregate_id = w.id and s.aggregate_type = w.type
