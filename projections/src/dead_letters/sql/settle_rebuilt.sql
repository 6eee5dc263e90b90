update read.dead_letters
set resolved_at = clock_timestamp(), resolution = 'REBUILT'
where projection = $1 and resolved_at is null
