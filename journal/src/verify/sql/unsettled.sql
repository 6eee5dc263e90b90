-- After a restore an event behind the cursor may have its number already.
select count(*) as events
from journal.events e, journal.sequencer s
where (e.xid, e.position) > (s.cursor_xid, s.cursor_position)
  and not exists (
      select from journal.log l
      where l.aggregate_type = e.aggregate_type and l.aggregate_id = e.aggregate_id
        and l.sequence = e.sequence
  )
