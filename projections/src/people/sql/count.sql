select count(*) as count from people p where true
