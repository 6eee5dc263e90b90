-- At most one stale stream and one taken claim, as JSON; null where there is none.
select
    (
        select jsonb_build_object('id', s.id, 'expected', s.expected, 'actual', v.actual)
        from unnest($1::text[], $2::text[], $3::bigint[]) as s (type, id, expected)
        cross join lateral (
            select coalesce(max(e.sequence), 0) as actual from journal.events e
            where e.aggregate_type = s.type and e.aggregate_id = s.id
        ) v
        where v.actual <> s.expected
        limit 1
    ) as stale,
    (
        select jsonb_build_object('scope', c.scope, 'holder', c.aggregate_id)
        from journal.claims c
        join unnest($4::text[], $5::text[]) as w (scope, key) on c.scope = w.scope and c.key = w.key
        limit 1
    ) as taken
