select to_jsonb(t) as stored from templates t where template_id = any($1)
