-- $3 events a range, $4 events at all. Answered by the index alone.
select p.edge
from (
    select s.aggregate_id as edge, row_number() over (order by s.aggregate_id) as nr
    from unnest($1::text[]) t (aggregate_type)
    cross join lateral (
        select l.aggregate_id
        from journal.log l
        where l.aggregate_type = t.aggregate_type and l.aggregate_id > $2
        order by l.aggregate_id, l.sequence
        limit $4
    ) s
    order by s.aggregate_id
    limit $4
) p
where p.nr % $3 = 0
order by p.nr
