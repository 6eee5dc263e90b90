select to_jsonb(s) as stored from access_subjects s where subject_id = $1
