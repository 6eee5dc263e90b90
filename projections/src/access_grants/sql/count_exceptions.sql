select count(*) as count from access_exceptions g where true
