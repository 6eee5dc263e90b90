select name, paused_at is not null as paused from read.projections
