select baseline_id as key, to_jsonb(b) as stored from baselines b where baseline_id = any($1)
