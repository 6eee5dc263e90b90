select decision_id, decided_at, last_at, times, actor, action, stream_id, allowed, reason, grants, revision,
       correlation_id, asked_by, resource
from identity.decisions
where ($1::bigint is null or decision_id < $1)
  and ($2::text is null or actor = $2)
  and ($3::text is null or action = $3)
  and ($4::boolean is null or allowed = $4)
  and ($5::timestamptz is null or decided_at >= $5)
  and ($6::timestamptz is null or decided_at < $6)
  and ($7::text is null or asked_by = $7)
order by decision_id desc
limit $8
