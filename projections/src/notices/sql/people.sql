select p.person_id as key, to_jsonb(p) as stored from notice_people p where p.person_id = any($1)
