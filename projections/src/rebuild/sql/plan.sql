update read.rebuilds set
    version = $2, marks = $3, total = $4, note = $5,
    filled_to = null, done = 0, digest_before = null, digest_after = null,
    updated_at = clock_timestamp()
where id = $1
