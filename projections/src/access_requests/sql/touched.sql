select request_id as key, to_jsonb(r) as stored from access_requests r where request_id = any($1)
