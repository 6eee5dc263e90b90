select count(*) as count from subjects s where $1 or not s.retired
