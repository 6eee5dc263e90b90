-- These units, those that these people belong to, and the departments all of them stand in.
with named as (
    select u.unit_id, u.parent_id from notice_units u
    where u.unit_id = any($1) or u.people && $2
)
select u.unit_id as key, to_jsonb(u) as stored
from notice_units u
where u.unit_id in (select n.unit_id from named n union select n.parent_id from named n)
