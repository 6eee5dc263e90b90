select to_jsonb(t) as stored
from timeline t
where t.aggregate_id = $1 and t.global_seq > $2 and t.global_seq <= $3
order by t.global_seq
limit 1001
