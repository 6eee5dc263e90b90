select to_jsonb(r) as stored
from access_requests r
where r.due_at <= $1
order by r.due_at, r.request_id
limit $2
