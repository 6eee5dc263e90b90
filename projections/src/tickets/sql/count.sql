select count(*) as count from tickets t
