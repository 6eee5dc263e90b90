-- $2 the one to go on behind, or null.
select to_jsonb(c) as stored
from calendars c
where $2::uuid is null
   or (c.name, c.calendar_id) > (select b.name, b.calendar_id from calendars b where b.calendar_id = $2)
order by c.name, c.calendar_id
limit $1
