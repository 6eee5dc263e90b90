-- Those who belong to a unit, with what they have to do: open tickets given to them or held by
-- them, and when the last one was given to them. What routing gave to somebody's deputy instead
-- counts as theirs.
select p.person_id, p.state,
       (
           select count(*) from tickets t
           where (
                   t.assignee_ids @> array[p.person_id] or t.holder_id = p.person_id
                   or t.routing ->> 'deputy_of' = p.person_id::text
               )
             and t.state in ('NEW', 'ASSIGNED', 'IN_PROGRESS', 'PENDING')
       ) as load,
       (
           select max(t.created_at) from tickets t
           where t.assignee_ids @> array[p.person_id]
              or t.routing ->> 'deputy_of' = p.person_id::text
       ) as last_given
from directory_memberships m
join directory_people p using (person_id)
where m.unit_id = $1 and m.member
