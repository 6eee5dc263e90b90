select to_jsonb(r) as stored from access_requests r where true
