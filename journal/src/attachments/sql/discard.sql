-- Only what was detached, whoever asks.
delete from identity.attachments a
where a.attachment_id = $1 and exists (
    select from journal.events e
    where e.aggregate_type = 'ticket_dossier' and e.aggregate_id = a.ticket_id::text
      and e.event_type = 'ticket_dossier.detached'
      and e.payload #>> '{detached,attachment}' = a.attachment_id::text
)
