select erasure_id as key, to_jsonb(e) as stored from erasures e where erasure_id = any($1)
