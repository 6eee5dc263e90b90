delete from identity.sessions where person_id = $1 and session_id is distinct from $2::uuid
