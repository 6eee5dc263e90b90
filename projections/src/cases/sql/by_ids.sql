select ticket_id, told from cases where ticket_id = any($1)
