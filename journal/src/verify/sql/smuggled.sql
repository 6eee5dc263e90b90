select e.aggregate_type || '/' || e.aggregate_id || '/' || e.sequence as stream
from journal.events e, journal.sequencer s
where (e.xid, e.position) <= (s.cursor_xid, s.cursor_position)
  and not exists (
      select from journal.log l
      where l.aggregate_type = e.aggregate_type and l.aggregate_id = e.aggregate_id
        and l.sequence = e.sequence
  )
limit 1
