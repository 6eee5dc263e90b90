update identity.sessions s
set refresh_hash = $2, expires_at = $4
from identity.credentials c
where s.refresh_hash = $1 and s.expires_at > $3 and c.person_id = s.person_id
returning s.session_id, s.person_id, c.must_change
