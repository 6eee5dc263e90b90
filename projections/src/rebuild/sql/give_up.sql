-- Whoever began anew has the lock: nobody works on these.
update read.rebuilds set
    state = 'CANCELLED', finished_at = clock_timestamp(), updated_at = clock_timestamp()
where projection = $1 and state in ('REQUESTED', 'RUNNING')
