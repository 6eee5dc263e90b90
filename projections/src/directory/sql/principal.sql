-- A department's head heads its support units; the role UNIT_HEAD heads each of its units. A head's people are those
-- who belong to what they head. A lead speaks for an organisation in that role alone, and no longer once they
-- belong to another one.
with person as (
    select p.person_id, p.state from directory_people p where p.person_id = $1
), units as (
    select m.unit_id, m.is_head or person.state ->> 'role' = 'UNIT_HEAD' as is_head
    from person join directory_memberships m using (person_id)
    where m.member
), heads as (
    select unit_id from units where is_head
    union
    select u.unit_id from units h
    join directory_units u on u.state ->> 'parent' = h.unit_id::text
    where h.is_head
)
select person.state,
       array(select unit_id from units) as units,
       array(select unit_id from heads) as heads,
       array(
           select distinct m.person_id from heads join directory_memberships m using (unit_id)
           where m.member
       ) as people,
       array(
           select c.person_id from directory_units o
           join directory_people c on c.state ->> 'organization' = o.unit_id::text
           where o.state ->> 'lead' = person.person_id::text
             and person.state ->> 'role' = 'CLIENT_GROUP_LEAD'
             and coalesce(person.state ->> 'organization', o.unit_id::text) = o.unit_id::text
       ) as clients,
       (
           select g.state ->> 'dispatch_unit' from directory_settings g
           where g.settings_id = $2
       ) as dispatch_unit
from person
