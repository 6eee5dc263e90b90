select distinct a.attribute as name
from (
    select * from (
        select i.*, o.name as organization
        from cis i
        left join cis o on o.ci_id = i.organization_id and o.until_seq is null
        where i.until_seq is null and i.life = 'ACTIVE' and i.class_id = any($1)
    ) i
    where true{conditions}
) i
cross join lateral jsonb_object_keys(i.attributes) a (attribute)
