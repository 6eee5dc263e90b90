declare items no scroll cursor for
with met as (
    select i.ci_id, i.class_id, i.name from (
        select i.*, o.name as organization
        from cis i
        left join cis o on o.ci_id = i.organization_id and o.until_seq is null
        where i.until_seq is null and i.life = 'ACTIVE' and i.class_id = any($1)
    ) i
    where true{conditions}
)
select r.relation, r.from_id, r.to_id, f.class_id as from_class,
    jsonb_build_array(r.relation, f.class_id, f.name, t.class_id, t.name)::text as place
from ci_relations r
join met f on f.ci_id = r.from_id
join met t on t.ci_id = r.to_id
where r.until_seq is null
order by r.relation, array_position($1, f.class_id), f.name, array_position($1, t.class_id), t.name
