select count(*) as count from subjects s where true
