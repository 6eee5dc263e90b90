select count(*) as count from access_changes g where true
