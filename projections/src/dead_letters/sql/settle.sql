update read.dead_letters
set resolved_at = clock_timestamp(), resolution = $2, decided_by = $3, reason = $4,
    attempts = attempts + 1, tried_at = clock_timestamp()
where dead_letter_id = $1 and resolved_at is null
