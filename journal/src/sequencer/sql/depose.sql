-- Only whoever still holds the lock.
select pg_terminate_backend(l.pid) as ended
from pg_locks l
where l.locktype = 'advisory' and l.granted and l.objsubid = 1
  and l.database = (select oid from pg_database where datname = current_database())
  and l.classid = ($1 >> 32)::oid and l.objid = ($1 & 4294967295)::oid
  and l.pid = $2
