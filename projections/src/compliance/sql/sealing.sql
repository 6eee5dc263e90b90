-- Checkpoints that were signed of positions behind $1 up to $2: how many. And of the events there, which
-- waited longest for the first checkpoint of a tree no larger than $3 that has it, and for how many
-- milliseconds.
with signed as (
    select c.size, c.recorded_at, coalesce(lag(c.size) over (order by c.size), 0) as before
    from journal.checkpoints c
    where c.size <= $3
), waited as (
    select l.global_seq,
           greatest((extract(epoch from s.recorded_at - l.recorded_at) * 1000)::bigint, 0) as millis
    from signed s
    join journal.log l on l.global_seq > greatest(s.before, $1) and l.global_seq <= least(s.size, $2)
    where s.size > $1 and s.before < $2
)
select (select count(*) from signed where size > $1 and size <= $2) as checkpoints, w.global_seq, w.millis
from (values (1)) one
left join lateral (select * from waited order by millis desc, global_seq limit 1) w on true
