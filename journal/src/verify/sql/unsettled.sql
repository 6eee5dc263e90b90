select count(*) as events
from journal.events e, journal.sequencer s
where (e.xid, e.position) > (s.cursor_xid, s.cursor_position)
