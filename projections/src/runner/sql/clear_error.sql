update read.projections set last_error = null, failed_at = null
where name = $1 and last_error is not null
