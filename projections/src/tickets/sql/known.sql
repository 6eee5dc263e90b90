-- Of whom it is known for sure: none of the events waits that say who sees the ticket.
t.ticket_id::text <> all(array(
    select d.aggregate_id from read.dead_letters d
    where d.resolved_at is null and d.projection in ('tickets', 'watchers')
))
