-- Not those behind an event that the views do not show yet which say who sees the ticket: whoever it
-- shut out would be told of them.
select e.aggregate_type, e.aggregate_id, e.sequence, e.event_type, e.event_version, e.payload,
       e.metadata, e.recorded_at
from journal.events e
left join tickets t on t.ticket_id = e.aggregate_id::uuid
left join watchers w on w.ticket_id = t.ticket_id
where e.aggregate_type = 'ticket_clock' and e.aggregate_id = any($1)
  and not exists (
      select from journal.events s
      where s.aggregate_id = e.aggregate_id
        and (
            s.aggregate_type = 'ticket' and s.sequence > coalesce(t.version, 0)
            or s.aggregate_type = 'ticket_dossier' and s.sequence > coalesce(w.version, 0)
               and s.event_type = 'ticket_dossier.unwatched'
        )
        and (s.xid, s.position) < (e.xid, e.position)
  )
order by e.aggregate_id, e.sequence
