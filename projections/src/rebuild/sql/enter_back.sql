update read.projections set
    version = old_version, old_version = version, replaced_at = clock_timestamp(),
    epoch = epoch + 1, last_error = null, failed_at = null
where name = $1
