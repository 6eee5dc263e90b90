update read.projections set last_error = $2, failed_at = clock_timestamp() where name = $1
