select count(*) as count from access_grants g where true
