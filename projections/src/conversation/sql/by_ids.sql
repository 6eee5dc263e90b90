select to_jsonb(c) as stored from comments c where comment_id = any($1)
