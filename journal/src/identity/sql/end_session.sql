delete from identity.sessions where session_id = $1
