-- Where each of these events stands in the log, if it does as the table says, and how long ago it was recorded.
select l.global_seq, extract(epoch from clock_timestamp() - t.at)::float8 as seconds
from unnest($1::text[], $2::text[], $3::bigint[], $4::timestamptz[])
         with ordinality as t (type, id, sequence, at, nr)
left join journal.log l
  on l.aggregate_type = t.type and l.aggregate_id = t.id and l.sequence = t.sequence
order by t.nr
