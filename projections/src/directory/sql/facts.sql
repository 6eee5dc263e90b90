-- One row a person, unit or subject that exists; what does not apply is null.
select 'person' as noun, p.person_id as id, p.kind, p.role, p.active,
       array(
           select m.unit_id from directory_memberships m where m.person_id = p.person_id
       ) as units
from directory_people p
where p.person_id = any($1)
union all
select 'unit', u.unit_id, u.kind, null, null, null
from directory_units u
where u.unit_id = any($2)
union all
select 'subject', s.subject_id, null, null, null, null
from directory_subjects s
where s.subject_id = any($3)
