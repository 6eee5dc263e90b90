-- $1 items, $2 relations that are followed out of them, $3 those that are followed back to where they
-- go out from, $4 how many relations will do, $5 and $6 classes with a value of `status` by which
-- their items are out of service. Of the relations that feed items under a rule: $7 the class of the
-- items, $8 the rule, $9 the relation, $10 whether it goes out from the items, $11 whether the rule
-- holds unless an item says otherwise.
with edges as materialized (
    select e.relation, e.from_id, e.to_id, e.far
    from unnest($1::uuid[]) as near (id)
    cross join lateral (
        select r.relation, r.from_id, r.to_id, r.to_id as far
        from ci_relations r
        where r.from_id = near.id and r.relation = any($2::text[]) and {relation_is}
        union all
        select r.relation, r.from_id, r.to_id, r.from_id
        from ci_relations r
        where r.to_id = near.id and r.relation = any($3::text[]) and {relation_is}
    ) e
    order by e.relation, e.from_id, e.to_id
    limit $4
), ends as materialized (
    select
        c.ci_id,
        c.class_id,
        c.life = 'ACTIVE' and o.class_id is null as passes,
        c.redundancy
    from (select distinct far from edges) f
    cross join lateral (
        select
            c.ci_id, c.class_id, c.life, c.status,
            case when c.class_id = any($7::uuid[]) then c.attributes -> 'redundancy' end
                as redundancy
        from cis c
        where c.ci_id = f.far and {item_is}
        -- Looked up one by one, however many there seem to be.
        offset 0
    ) c
    left join unnest($5::uuid[], $6::text[]) as o (class_id, status)
        on o.class_id = c.class_id and o.status = c.status
), feeds as materialized (
    select distinct e.ci_id, g.rule, u.up
    from unnest($7::uuid[], $8::bigint[], $9::text[], $10::bool[], $11::bool[])
        as g (class_id, rule, relation, outward, enabled)
    join ends e on e.class_id = g.class_id and (g.enabled or e.redundancy is not null)
    cross join lateral (
        select r.to_id as up
        from ci_relations r
        where g.outward and r.from_id = e.ci_id and r.relation = g.relation and {relation_is}
        union all
        select r.from_id
        from ci_relations r
        where not g.outward and r.to_id = e.ci_id and r.relation = g.relation and {relation_is}
    ) u
    where e.passes
), counts as (
    select f.ci_id, f.rule, count(*) as feeds
    from feeds f
    cross join lateral (
        select c.class_id, c.life, c.status
        from cis c
        where c.ci_id = f.up and {item_is}
        offset 0
    ) c
    left join unnest($5::uuid[], $6::text[]) as o (class_id, status)
        on o.class_id = c.class_id and o.status = c.status
    where c.life = 'ACTIVE' and o.class_id is null
    group by f.ci_id, f.rule
)
select
    relation, from_id, to_id,
    null::uuid as ci_id, null::uuid as class_id, null::bool as passes, null::jsonb as redundancy,
    null::bigint[] as rules, null::bigint[] as feeds
from edges
union all
select
    null, null, null,
    e.ci_id, e.class_id, e.passes, e.redundancy,
    array_agg(n.rule) filter (where n.rule is not null),
    array_agg(n.feeds) filter (where n.rule is not null)
from ends e
left join counts n on n.ci_id = e.ci_id
group by e.ci_id, e.class_id, e.passes, e.redundancy
