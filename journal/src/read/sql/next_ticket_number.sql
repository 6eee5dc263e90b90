select nextval('journal.ticket_number') as number
