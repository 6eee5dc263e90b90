select l.event_type as name, count(*) as events,
       sum(octet_length(e.payload::text) + octet_length(e.metadata::text))::bigint as bytes
from journal.log l
join journal.events e using (aggregate_type, aggregate_id, sequence)
where ($1::timestamptz is null or l.recorded_at >= $1)
  and ($2::timestamptz is null or l.recorded_at < $2)
group by l.event_type
order by events desc, name
