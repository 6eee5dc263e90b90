-- Those who belong to a unit.
select p.person_id, p.state
from directory_memberships m
join directory_people p using (person_id)
where m.unit_id = $1 and m.member
