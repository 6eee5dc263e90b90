select to_jsonb(s) as stored from recurrences s where not s.stopped order by s.recurrence_id
