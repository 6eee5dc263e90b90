select old_version from read.projections where name = $1
