insert into read.rebuilds (projection, version, state, workers, requested_by)
values ($1, $2, 'REQUESTED', $3, $4)
on conflict (projection) where state in ('REQUESTED', 'RUNNING') do nothing
returning *
