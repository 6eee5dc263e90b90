-- $1 the units whose work it is, or null for all; $2 the one to go on behind, or null.
select to_jsonb(q) as stored
from quality q
where q.check_drawn_at is not null and q.checked_at is null
  and ($1::uuid[] is null or q.check_unit_id = any($1))
  and ($2::uuid is null or (q.check_drawn_at, q.ticket_id)
      > (select b.check_drawn_at, b.ticket_id from quality b where b.ticket_id = $2))
order by q.check_drawn_at, q.ticket_id
limit $3
