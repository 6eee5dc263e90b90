select p.kind, p.role, p.active,
       array(
           select m.unit_id from directory_memberships m
           where m.person_id = p.person_id and m.is_head
       ) as heads
from directory_people p
where p.person_id = $1
