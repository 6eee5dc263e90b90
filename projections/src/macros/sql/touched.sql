select macro_id as key, to_jsonb(m) as stored from macros m where macro_id = any($1)
