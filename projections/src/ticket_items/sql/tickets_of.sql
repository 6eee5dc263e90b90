select i.ticket_id
from ticket_items i
left join ticket_lives l on l.ticket_id = i.ticket_id
where i.ci_id = $1
  and i.until_seq is null
  and ($2::boolean is null or coalesce(l.is_open, false) = $2)
  and ($3::uuid is null or i.ticket_id < $3)
order by i.ticket_id desc
limit $4
