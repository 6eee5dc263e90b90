select * from read.rebuilds where id = $1
