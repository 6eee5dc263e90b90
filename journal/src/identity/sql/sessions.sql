select session_id, created_at, last_used_at, expires_at
from identity.sessions
where person_id = $1 and expires_at > $2
order by created_at desc, session_id desc
limit $3
