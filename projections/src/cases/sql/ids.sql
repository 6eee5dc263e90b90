select c.ticket_id from cases c where true
