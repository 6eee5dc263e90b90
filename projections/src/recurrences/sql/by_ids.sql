select to_jsonb(s) as stored from recurrences s where recurrence_id = any($1)
