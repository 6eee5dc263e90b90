select version from read.projections where name = $1
