update read.rebuilds set
    version = $2, marks = $3, total = $4, digest_before = $5, note = $6,
    filled_to = null, done = 0, digest_after = null, updated_at = clock_timestamp()
where id = $1
