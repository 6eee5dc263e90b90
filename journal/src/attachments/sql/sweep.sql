-- What has no event by now never will. What has one was attached by a process that died before it
-- could say so here.
with old as (
    select a.attachment_id, exists (
        select from journal.events e
        where e.aggregate_type = 'ticket_dossier' and e.aggregate_id = a.ticket_id::text
          and e.event_type = 'ticket_dossier.attached'
          and e.payload #>> '{attached,attachment}' = a.attachment_id::text
    ) as attached
    from identity.attachments a
    where not a.kept and a.created_at < $1
    order by a.created_at
    limit 100
), marked as (
    update identity.attachments a set kept = true
    from old where a.attachment_id = old.attachment_id and old.attached
)
delete from identity.attachments a
using old where a.attachment_id = old.attachment_id and not old.attached
