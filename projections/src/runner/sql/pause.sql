update read.projections
set paused_at = clock_timestamp(), paused_by = $2, paused_reason = $3
where name = $1 and paused_at is null
