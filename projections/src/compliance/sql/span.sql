-- The last positions recorded before two instants and not behind a third position, the log's origin,
-- and the last entry, when the latest was recorded, and how many there are up to that position.
select q.origin,
       coalesce(max(l.global_seq) filter (where l.recorded_at < $1), 0) as after,
       coalesce(max(l.global_seq) filter (where l.recorded_at < $2), 0) as through,
       coalesce(max(l.global_seq), 0) as last,
       max(l.recorded_at) as seen,
       count(l.global_seq) as entries
from journal.sequencer q
left join journal.log l on l.global_seq <= $3
group by q.origin
