-- $1 a LIKE pattern, or null for everybody; $3 the person to go on behind, or null.
select to_jsonb(p) as stored
from people p
where ($1::text is null
       or p.name ilike $1 or p.login ilike $1 or p.email ilike $1 or p.phone ilike $1)
  and ($3::uuid is null
       or (p.name, p.person_id) > (select a.name, a.person_id from people a where a.person_id = $3))
order by p.name, p.person_id
limit $2
