-- $1 what classes say, $2 the one to go on behind or null, $3 how many, $4 what no two items have in
-- common.
with {pairs}
select p.ci_id, array_agg(distinct p.what) as names, null::timestamptz as since,
    (array_agg(distinct p.other))[1:10] as others
from pairs p
join cis c on c.ci_id = p.ci_id and c.until_seq is null
join w on w.class_id = c.class_id and w.shown
where $2::uuid is null or p.ci_id > $2
group by p.ci_id
order by p.ci_id
limit $3
