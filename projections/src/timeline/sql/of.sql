select to_jsonb(t) as stored
from timeline t
where t.aggregate_id = $1 and t.sequence > $2
order by t.sequence, t.global_seq
limit $3
