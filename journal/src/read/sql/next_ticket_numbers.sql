select nextval('journal.ticket_number') as number from generate_series(1, $1::bigint)
