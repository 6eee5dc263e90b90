-- $2 the one to go on behind, or null.
select to_jsonb(h) as stored
from evidence_holds h
where $2::uuid is null
   or (h.placed_at, h.hold_id) < (select b.placed_at, b.hold_id from evidence_holds b where b.hold_id = $2)
order by h.placed_at desc, h.hold_id desc
limit $1
