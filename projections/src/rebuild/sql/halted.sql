select last_error from read.projections where name = $1
