select count(*) as count
from timeline t
where (cardinality($1::text[]) = 0 or t.event_type = any($1))
  and ($2::text is null or t.actor = $2)
  and ($3::timestamptz is null or t.recorded_at >= $3)
  and ($4::timestamptz is null or t.recorded_at < $4)
  and ($5::timestamptz is null or t.occurred_at >= $5)
  and ($6::timestamptz is null or t.occurred_at < $6)
  and ($7::uuid is null or t.aggregate_id = $7)
  and ($8::uuid is null or t.correlation_id = $8)
