select r.request_id as key, to_jsonb(r) as stored from notice_requests r where r.request_id = any($1)
