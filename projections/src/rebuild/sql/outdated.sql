select name from read.projections
where name = $1 and replaced_at < clock_timestamp() - make_interval(secs => $2)
