select ticket_id as key, jsonb_build_object('ticket_id', ticket_id, 'told', told) as stored
from cases
where ticket_id = any($1)
