select subject_id as key, to_jsonb(s) as stored from subjects s where subject_id = any($1)
