select p.person_id, to_jsonb(u) - 'searched' as stored
from units u, unnest(u.people_ids) p (person_id)
where u.people_ids && $1 and p.person_id = any($1)
order by u.name, u.unit_id
