-- $2 the one to go on behind, or null.
select to_jsonb(s) as stored
from recurrences s
where $2::uuid is null
   or (s.name, s.recurrence_id) > (select b.name, b.recurrence_id from recurrences b where b.recurrence_id = $2)
order by s.name, s.recurrence_id
limit $1
