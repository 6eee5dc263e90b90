update read.rebuilds r set
    state = 'REQUESTED', cancelling = false, error = null, finished_at = null,
    updated_at = clock_timestamp()
where r.state in ('CANCELLED', 'FAILED')
  and r.id = (
      select n.id from read.rebuilds n
      where n.projection = $1
      order by n.requested_at desc, n.id desc
      limit 1
  )
returning *
