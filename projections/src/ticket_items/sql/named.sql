select to_jsonb(i) as stored
from ticket_items i
where ticket_id = any($1) and role = any($2) and until_seq is null
