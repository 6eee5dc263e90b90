-- Between which classes these attributes and relations really go.
select distinct c.class_id as from_class, a.name, t.class_id as to_class
from cis c
cross join unnest($1::text[]) a (name)
cross join lateral jsonb_path_query(c.attributes -> a.name, '$[*]') v (value)
join cis t
    on t.ci_id = case
        when v.value #>> '{}' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
        then (v.value #>> '{}')::uuid
    end
where c.until_seq is null and c.life = 'ACTIVE' and t.until_seq is null and t.life = 'ACTIVE'
union
select f.class_id, r.relation, t.class_id
from ci_relations r
join cis f on f.ci_id = r.from_id
join cis t on t.ci_id = r.to_id
where r.until_seq is null and r.relation = any($2)
  and f.until_seq is null and f.life = 'ACTIVE' and t.until_seq is null and t.life = 'ACTIVE'
