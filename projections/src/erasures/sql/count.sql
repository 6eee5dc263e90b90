select count(*) as count from erasures
