-- Of tickets that only live on, what they name as failed is enough.
select to_jsonb(i) as stored
from ticket_items i
where ticket_id = any($1) and until_seq is null and (role = 'MANUAL' or ticket_id = any($2))
