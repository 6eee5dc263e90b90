-- The latest version of these calendars.
select c.calendar_id, (c.state ->> 'version')::bigint as version
from directory_calendars c
where c.calendar_id = any($1)
