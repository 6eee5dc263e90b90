select c.ci_id, c.class_id, c.attributes, coalesce(related.to, '{}') as related, '' as place
from cis c
left join lateral (
    select jsonb_object_agg(r.relation, r.to_id) as to
    from ci_relations r
    where r.from_id = c.ci_id and r.until_seq is null and r.relation = any($2)
) related on true
where c.ci_id = any($1) and c.until_seq is null and c.life = 'ACTIVE'
