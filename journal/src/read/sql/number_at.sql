-- The largest number recorded at or before $1; 0 before the first. Numbers are dense and nearly in the
-- order of recording: first a place is halved for behind which the next event was recorded later, then
-- what was recorded before and numbered behind it is looked for.
with recursive halved (low, high) as (
    select 0::bigint, coalesce(max(global_seq), 0) from journal.log
    union all
    select case when m.recorded_at <= $1 then m.global_seq else h.low end,
           case when m.recorded_at <= $1 then h.high else m.global_seq - 1 end
    from halved h
    join journal.log m on m.global_seq = (h.low + h.high + 1) / 2
    where h.low < h.high
), place as materialized (
    select low from halved where low = high
)
-- A sum keeps the planner from walking back from the end.
select coalesce(max(l.global_seq + 0), (select low from place)) as number
from journal.log l
where l.global_seq > (select low from place) and l.recorded_at <= $1
