-- The event that will stand last in the log, of those that are committed now.
select e.xid::text::bigint as transaction, e.position
from journal.events e
order by e.xid desc, e.position desc
limit 1
