-- $1: the class of rebuild locks. Whoever was to cancel these died before.
update read.rebuilds r set
    state = 'CANCELLED', cancelling = false, finished_at = clock_timestamp(),
    updated_at = clock_timestamp()
where r.state in ('REQUESTED', 'RUNNING') and r.cancelling
  and not exists (
      select from pg_locks l
      where l.locktype = 'advisory' and l.granted and l.objsubid = 2
        and l.database = (select oid from pg_database where datname = current_database())
        and l.classid = $1::integer::bigint::oid
        and l.objid = (hashtext(r.projection)::bigint & 4294967295)::oid
  )
