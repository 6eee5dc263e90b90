-- A row for each stream that was found, one alone when there is none; each says how many events were
-- looked at.
with page as materialized (
    select l.aggregate_type, l.aggregate_id, e.sequence is not null as there, exists (
        select from unnest($3::text[]) k (beginning)
        where strpos(e.payload::text, k.beginning) > 0 or strpos(e.metadata::text, k.beginning) > 0
    ) as holds
    from journal.log l
    left join journal.events e
        on e.aggregate_type = l.aggregate_type and e.aggregate_id = l.aggregate_id
        and e.sequence = l.sequence
    where l.global_seq > $1 and l.global_seq <= $2
)
select t.looked_at, f.aggregate_type, f.aggregate_id, f.events
from (select count(*) filter (where there) as looked_at from page) t
left join (
    select aggregate_type, aggregate_id, count(*) as events
    from page where holds group by aggregate_type, aggregate_id
) f on true
