-- Those who head a unit that the person belongs to, or the department it stands in.
with theirs as (
    select m.unit_id from directory_memberships m where m.person_id = $1 and m.member
), above as (
    select unit_id from theirs
    union
    select (u.state ->> 'parent')::uuid
    from theirs join directory_units u using (unit_id)
    where u.state ->> 'parent' is not null
)
select distinct h.person_id
from above
join directory_memberships h using (unit_id)
join directory_people p using (person_id)
where h.member and (h.is_head or p.state ->> 'role' = 'UNIT_HEAD') and h.person_id <> $1
