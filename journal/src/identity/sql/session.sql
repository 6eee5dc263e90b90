select s.session_id, s.person_id, c.must_change
from identity.sessions s
join identity.credentials c using (person_id)
where s.session_id = $1 and s.expires_at > $2
