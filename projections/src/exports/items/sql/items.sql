declare items no scroll cursor for
with met as (
    select * from (
        select i.*, o.name as organization
        from cis i
        left join cis o on o.ci_id = i.organization_id and o.until_seq is null
        where i.until_seq is null and i.life = 'ACTIVE' and i.class_id = $1
    ) i
    where true{conditions}
)
select c.ci_id, c.class_id, c.attributes, coalesce(related.to, '{}') as related,
    jsonb_build_array(c.name, c.organization, k.name)::text as place
from met c
left join lateral (
    select jsonb_object_agg(r.relation, r.to_id) as to
    from ci_relations r
    where r.from_id = c.ci_id and r.until_seq is null and r.relation = any($2)
) related on true
-- Many may have one name and differ by what they run on.
left join cis k on k.ci_id = (related.to ->> $3::text)::uuid and k.until_seq is null
order by c.name, c.organization, k.name
