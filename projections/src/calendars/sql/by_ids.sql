select to_jsonb(c) as stored from calendars c where calendar_id = any($1)
