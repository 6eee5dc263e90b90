select field_id as key, to_jsonb(f) as stored from custom_fields f where field_id = any($1)
