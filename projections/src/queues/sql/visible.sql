-- $1 the person, $2 the person's units.
select to_jsonb(q) as stored
from queues q
where not q.removed
  and (q.owner_id = $1 or q.sharing = 'STAFF' or (q.sharing = 'UNIT' and q.unit_id = any($2)))
order by q.name, q.queue_id
limit 500
