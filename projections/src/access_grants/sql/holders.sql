select subject_id as key, to_jsonb(s) as stored from access_subjects s where subject_id = any($1)
