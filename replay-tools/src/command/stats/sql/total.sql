-- Every counted event has its text: fewer would be a history that is not whole.
select count(*) as events, count(e.payload) as told,
       sum(octet_length(e.payload::text) + octet_length(e.metadata::text))::bigint as bytes,
       min(l.recorded_at) as first, max(l.recorded_at) as last,
       pg_total_relation_size('journal.events') + pg_total_relation_size('journal.log') as stored
from journal.log l
left join journal.events e using (aggregate_type, aggregate_id, sequence)
where ($1::timestamptz is null or l.recorded_at >= $1)
  and ($2::timestamptz is null or l.recorded_at < $2)
