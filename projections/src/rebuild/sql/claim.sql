-- $3: somebody wants it again, however it ended.
update read.rebuilds set
    state = 'RUNNING', cancelling = false, attempt = attempt + 1, error = null,
    started_at = coalesce(started_at, clock_timestamp()), finished_at = null,
    updated_at = clock_timestamp()
where id = $1 and projection = $2
  and (
      state in ('REQUESTED', 'RUNNING') and not cancelling
      or $3 and state in ('REQUESTED', 'RUNNING', 'CANCELLED', 'FAILED')
  )
returning *
