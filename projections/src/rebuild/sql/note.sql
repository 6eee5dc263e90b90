update read.rebuilds set
    filled_to = $2, done = $3, total = $4, rate = $5, updated_at = clock_timestamp()
where id = $1
returning cancelling
