select count(*) as count from units
