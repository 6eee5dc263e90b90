-- $2 the one to go on behind, or null.
select to_jsonb(s) as stored
from sync_sources s
where $2::uuid is null
   or (s.name, s.source_id) > (select b.name, b.source_id from sync_sources b where b.source_id = $2)
order by s.name, s.source_id
limit $1
