select template_id as key, to_jsonb(t) as stored from templates t where template_id = any($1)
