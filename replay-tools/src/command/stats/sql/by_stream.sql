select s.aggregate_type as name, sum(s.events)::bigint as events, sum(s.bytes)::bigint as bytes,
       count(*) as streams, max(s.events) as longest
from (
    select l.aggregate_type, count(*) as events,
           sum(octet_length(e.payload::text) + octet_length(e.metadata::text)) as bytes
    from journal.log l
    join journal.events e using (aggregate_type, aggregate_id, sequence)
    where ($1::timestamptz is null or l.recorded_at >= $1)
      and ($2::timestamptz is null or l.recorded_at < $2)
    group by l.aggregate_type, l.aggregate_id
) s
group by s.aggregate_type
order by events desc, name
