-- One row a person, unit, subject, field, calendar or plan that exists, and one for the settings; what
-- does not apply is null. $8: also the plans that tickets about these subjects, or about none, come
-- under, and the calendars that all these plans name.
with settings as (
    select g.settings_id, g.state from directory_settings g where g.settings_id = $5
), plans as (
    select p.plan_id, p.state from directory_plans p
    where p.plan_id = any($7)
       or $8 and p.plan_id in (
           select (s.state -> 'defaults' ->> 'sla_plan')::uuid
           from directory_subjects s where s.subject_id = any($3)
           union all
           select k.value::uuid from settings g, jsonb_each_text(g.state -> 'sla_plans') k
       )
)
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
select 'calendar', c.calendar_id, c.state, null
from directory_calendars c
where c.calendar_id = any($6)
   or $8 and c.calendar_id in (
       select (k.value ->> 'calendar')::uuid
       from plans p, jsonb_each(p.state -> 'definition' -> 'clocks') k
   )
union all
select 'plan', p.plan_id, p.state, null
from plans p
union all
select 'settings', g.settings_id, g.state, null
from settings g
