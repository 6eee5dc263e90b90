update read.projections set paused_at = null, paused_by = null, paused_reason = null
where name = $1 and paused_at is not null
