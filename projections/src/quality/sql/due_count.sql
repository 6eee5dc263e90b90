select count(*) as count
from quality q
where q.check_drawn_at is not null and q.checked_at is null
  and ($1::uuid[] is null or q.check_unit_id = any($1))
