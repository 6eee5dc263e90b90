-- What each of these people has to do: open tickets given to them or held by them, and when the
-- newest of theirs was opened. What went to a deputy counts for whom the deputy stands in, too.
select p.person_id,
       count(*) filter (where t.state in ('NEW', 'ASSIGNED', 'IN_PROGRESS', 'PENDING')) as open,
       max(t.created_at) as newest
from unnest($1::uuid[]) as p (person_id)
join tickets t
    on t.assignee_ids @> array[p.person_id]
    or t.holder_id = p.person_id
    or t.routing ->> 'deputy_of' = p.person_id::text
group by p.person_id
