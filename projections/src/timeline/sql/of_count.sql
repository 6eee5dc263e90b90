select count(*) as count from timeline t where t.aggregate_id = $1
