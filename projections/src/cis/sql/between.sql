-- $2 from when, $3 until when: what held at one of them alone.
select w.id as item, r.*
from (values ($1::uuid)) as w (id)
cross join lateral (
    select o.*, 'out' as way from ci_relations o where o.from_id = w.id
    union all
    select i.*, 'in' as way from ci_relations i where i.to_id = w.id
) r
where (r.since_seq <= $2 and (r.until_seq is null or r.until_seq > $2))
   is distinct from (r.since_seq <= $3 and (r.until_seq is null or r.until_seq > $3))
order by r.relation, r.way, r.from_id, r.to_id, r.since_seq
limit 1001
