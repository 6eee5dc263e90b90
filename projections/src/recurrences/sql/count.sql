select count(*) as count from recurrences
