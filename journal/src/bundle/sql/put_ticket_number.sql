select setval('journal.ticket_number', $1) as last_value
