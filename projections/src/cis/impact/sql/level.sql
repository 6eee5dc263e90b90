-- $1 items and $2 relations that are followed out of them, $3 items and $4 relations that are followed
-- back from them, $5 how many relations will do, $6 and $7 classes with a value of `status` by which
-- their items are out of service. Of the relations that feed items under a rule: $8 the class of the
-- items, $9 the rule, $10 the relation, $11 whether it goes out from the items, $12 whether the rule
-- holds unless an item says otherwise. All is looked up one by one, however much there seems to be.
with edges as materialized (
    select e.relation, e.from_id, e.to_id, e.far
    from (
        select r.relation, r.from_id, r.to_id, r.to_id as far
        from unnest($1::uuid[]) as near (id)
        cross join lateral (
            select r.relation, r.from_id, r.to_id
            from ci_relations r
            where r.from_id = near.id and r.relation = any($2::text[]) and {relation_is}
            offset 0
        ) r
        union all
        select r.relation, r.from_id, r.to_id, r.from_id
        from unnest($3::uuid[]) as near (id)
        cross join lateral (
            select r.relation, r.from_id, r.to_id
            from ci_relations r
            where r.to_id = near.id and r.relation = any($4::text[]) and {relation_is}
            offset 0
        ) r
    ) e
    order by e.from_id, e.to_id, e.relation
    limit $5
), ends as materialized (
    select c.*
    from (select distinct far from edges) f
    cross join lateral (
        select
            c.ci_id, c.class_id, c.life, c.status,
            case when c.class_id = any($8::uuid[]) then c.redundancy end as redundancy
        from cis c
        where c.ci_id = f.far and {item_is}
        offset 0
    ) c
), feeds as materialized (
    select distinct e.ci_id, g.rule, u.up
    from unnest($8::uuid[], $9::bigint[], $10::text[], $11::bool[], $12::bool[])
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
), ups as materialized (
    select c.*
    from (select distinct up from feeds) f
    cross join lateral (
        select c.ci_id, c.class_id, c.status
        from cis c
        where c.ci_id = f.up and c.life = 'ACTIVE' and {item_is}
        offset 0
    ) c
), counts as materialized (
    select f.ci_id, f.rule, count(*) as feeds
    from ups u
    join feeds f on f.up = u.ci_id
    where not exists (
        select from unnest($6::uuid[], $7::text[]) as o (class_id, status)
        where o.class_id = u.class_id and o.status = u.status
    )
    group by f.ci_id, f.rule
)
-- One row, whose columns are as long as there are relations, items, and counts: that is read far sooner.
select e.*, n.*, m.*
from (
    select
        coalesce(array_agg(relation), '{}') as relations,
        coalesce(array_agg(from_id), '{}') as from_ids,
        coalesce(array_agg(to_id), '{}') as to_ids
    from edges
) e
cross join (
    select
        coalesce(array_agg(ci_id), '{}') as items,
        coalesce(array_agg(class_id), '{}') as classes,
        coalesce(array_agg(life = 'ACTIVE'), '{}') as actives,
        coalesce(array_agg(status), '{}') as statuses,
        coalesce(array_agg(redundancy), '{}') as redundancies
    from ends
) n
cross join (
    select
        coalesce(array_agg(ci_id), '{}') as fed,
        coalesce(array_agg(rule), '{}') as rules,
        coalesce(array_agg(feeds), '{}') as feeds
    from counts
) m
