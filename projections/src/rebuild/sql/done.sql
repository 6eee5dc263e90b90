update read.rebuilds set
    state = 'DONE', done = $2, total = $2, rows = $3, digest_before = $4, digest_after = $5,
    cancelling = false, error = null,
    updated_at = clock_timestamp(), finished_at = clock_timestamp()
where id = $1
