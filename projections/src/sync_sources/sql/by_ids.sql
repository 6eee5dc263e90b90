select to_jsonb(s) as stored from sync_sources s where source_id = any($1)
