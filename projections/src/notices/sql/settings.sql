select s.stream_id as key, to_jsonb(s) as stored from notice_settings s where s.stream_id = any($1)
