-- $1 items, $2 and $3 classes with a value of `status` by which their items are out of service.
select c.ci_id, c.class_id, c.life = 'ACTIVE' and o.class_id is null as passes
from cis c
left join unnest($2::uuid[], $3::text[]) as o (class_id, status)
    on o.class_id = c.class_id and o.status = c.status
where c.ci_id = any($1) and {item_is}
