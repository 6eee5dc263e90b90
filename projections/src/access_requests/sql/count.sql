select count(*) as count from access_requests r where true
