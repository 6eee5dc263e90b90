-- $2 the unit to go on behind, or null.
select to_jsonb(u) as stored
from units u
where $2::uuid is null
   or (u.name, u.unit_id) > (select a.name, a.unit_id from units a where a.unit_id = $2)
order by u.name, u.unit_id
limit $1
