update read.rebuilds set
    state = $2, error = $3, filled_to = $4, done = $5, total = $6, cancelling = false,
    finished_at = case when $2 = 'RUNNING' then null else clock_timestamp() end,
    updated_at = clock_timestamp()
where id = $1
