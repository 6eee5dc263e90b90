select c.ticket_id, c.told from cases c where true
