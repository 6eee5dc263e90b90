select to_jsonb(t) as stored
from timeline t
where t.correlation_id = $1
order by t.global_seq
limit $2
