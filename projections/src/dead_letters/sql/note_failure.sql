update read.dead_letters
set error = $2, attempts = attempts + 1, tried_at = clock_timestamp()
where dead_letter_id = $1 and resolved_at is null
