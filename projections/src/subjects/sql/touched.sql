select subject_id as key, to_jsonb(s) - 'searched' as stored from subjects s where subject_id = any($1)
