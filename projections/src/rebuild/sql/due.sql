-- $1: the class of rebuild locks.
select r.*
from read.rebuilds r
where r.state in ('REQUESTED', 'RUNNING') and not r.cancelling
  and not exists (
      select from pg_locks l
      where l.locktype = 'advisory' and l.granted and l.objsubid = 2
        and l.database = (select oid from pg_database where datname = current_database())
        and l.classid = $1::integer::bigint::oid
        and l.objid = (hashtext(r.projection)::bigint & 4294967295)::oid
  )
order by r.requested_at, r.id
