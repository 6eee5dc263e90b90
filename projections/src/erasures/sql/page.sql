-- $2 the one to go on behind, or null.
select to_jsonb(e) as stored
from erasures e
where $2::uuid is null
   or (e.requested_at, e.erasure_id) < (select b.requested_at, b.erasure_id from erasures b where b.erasure_id = $2)
order by e.requested_at desc, e.erasure_id desc
limit $1
