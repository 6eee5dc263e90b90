select to_jsonb(e) as stored from erasures e where erasure_id = any($1)
