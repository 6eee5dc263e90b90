-- Where an event stands in the log, if it does, and how long ago it was recorded.
select l.global_seq, l.leaf,
       extract(epoch from clock_timestamp() - $4::timestamptz)::float8 as seconds
from (select) one
left join journal.log l
  on l.aggregate_type = $1 and l.aggregate_id = $2 and l.sequence = $3
