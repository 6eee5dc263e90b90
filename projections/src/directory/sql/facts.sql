-- One row a person, unit, subject or field that exists, and one for the settings; what does not
-- apply is null.
select 'person' as noun, p.person_id as id, p.state,
       array(
           select m.unit_id from directory_memberships m
           where m.person_id = p.person_id and m.member
       ) as units
from directory_people p
where p.person_id = any($1)
union all
select 'unit', u.unit_id, u.state, null
from directory_units u
where u.unit_id = any($2)
union all
select 'subject', s.subject_id, s.state, null
from directory_subjects s
where s.subject_id = any($3)
union all
select 'field', f.field_id, f.state, null
from directory_fields f
where f.field_id = any($4)
union all
select 'settings', g.settings_id, g.state, null
from directory_settings g
where g.settings_id = $5
