select to_jsonb(i) as stored
from ticket_items i
where ticket_id = $1
  and until_seq is null
  and ($2::text is null or role = $2)
  and ($3::smallint is null or (depth, ci_id) > ($3, $4))
order by depth, ci_id
limit $5
