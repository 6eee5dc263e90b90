select count(*) as count
from ticket_items
where ticket_id = $1 and until_seq is null and ($2::text is null or role = $2)
