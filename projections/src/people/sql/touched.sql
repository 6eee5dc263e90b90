select person_id as key, to_jsonb(p) as stored from people p where person_id = any($1)
