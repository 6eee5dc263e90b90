insert into read.rebuilds (
    projection, version, state, workers, requested_by, attempt, started_at
)
values ($1, $2, 'RUNNING', $3, $4, 1, clock_timestamp())
on conflict (projection) where state in ('REQUESTED', 'RUNNING') do nothing
returning *
