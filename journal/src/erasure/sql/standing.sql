-- $1 the person, $2 now. Holds on others, and those that have come to their end, protect nothing of theirs.
select
    coalesce((select version from journal.premises where name = 'evidence'), 0) as moved,
    (
        select aggregate_id from journal.claims where scope = 'erasure.person' and key = $1
    ) as erasure,
    array(
        select jsonb_build_array(e.aggregate_id, p.placed->'on')
        from journal.events e
        cross join lateral (select e.payload::jsonb->'placed' as placed) p
        where e.aggregate_type = 'evidence_hold' and e.sequence = 1
            and (p.placed->'on'->>'person' = $1 or p.placed->'on' ? 'ticket')
            and coalesce((p.placed->>'until')::timestamptz > $2, true)
            and not exists (
                select from journal.events l
                where l.aggregate_type = e.aggregate_type and l.aggregate_id = e.aggregate_id
                    and l.event_type = 'evidence_hold.lifted'
            )
        order by e.aggregate_id
    ) as holds
