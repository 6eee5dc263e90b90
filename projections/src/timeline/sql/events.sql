-- Null, or an empty array, asks for everything. Instants are those of recording, $4 exclusive. What
-- was recorded between bounds is looked up and sorted when it is not much: the order of the log alone
-- does not say where a time begins.
with few as materialized (
    select t.ctid as key
    from timeline t
    where ($3::timestamptz is not null or $4::timestamptz is not null)
      and ($3::timestamptz is null or t.recorded_at >= $3)
      and ($4::timestamptz is null or t.recorded_at < $4)
    limit 100001
)
select to_jsonb(t) as stored
from (
    (
        select t.*
        from timeline t
        where t.ctid = any(array(select f.key from few f))
          and (select count(*) from few) <= 100000
          and (cardinality($1::text[]) = 0 or t.event_type = any($1))
          and ($2::text is null or t.actor = $2)
          and ($7::timestamptz is null or t.occurred_at >= $7)
          and ($8::timestamptz is null or t.occurred_at < $8)
          and ($9::uuid is null or t.aggregate_id = $9)
          and ($10::uuid is null or t.correlation_id = $10)
          and t.global_seq > $5
        order by t.global_seq
        limit $6
    )
    union all
    (
        select t.*
        from timeline t
        where (($3::timestamptz is null and $4::timestamptz is null) or (select count(*) from few) > 100000)
          and (cardinality($1::text[]) = 0 or t.event_type = any($1))
          and ($2::text is null or t.actor = $2)
          and ($3::timestamptz is null or t.recorded_at >= $3)
          and ($4::timestamptz is null or t.recorded_at < $4)
          and ($7::timestamptz is null or t.occurred_at >= $7)
          and ($8::timestamptz is null or t.occurred_at < $8)
          and ($9::uuid is null or t.aggregate_id = $9)
          and ($10::uuid is null or t.correlation_id = $10)
          and t.global_seq > $5
        order by t.global_seq
        limit $6
    )
) t
order by t.global_seq
limit $6
