-- The items that differ between the positions $1 and $2, those that changed last first: below $3, of
-- the classes $4 and at either position of the organisations $5, unless these are null; at most $6.
-- Every event of an item begins a state: what began none in between is as it was.
select n.ci_id, n.since_seq, x.related
from cis n
left join lateral (
    select c.* from cis c
    where c.ci_id = n.ci_id and c.since_seq <= $1
    order by c.since_seq desc
    limit 1
) b on true
cross join lateral (
    select exists (
        select from ci_relations r
        where r.from_id = n.ci_id
        group by r.relation, r.to_id
        having bool_or(r.since_seq <= $1 and (r.until_seq is null or r.until_seq > $1))
            <> bool_or(r.since_seq <= $2 and (r.until_seq is null or r.until_seq > $2))
    ) as related
) x
where n.since_seq > $1 and n.since_seq <= $2 and n.since_seq < $3
  and (n.until_seq is null or n.until_seq > $2)
  and ($4::uuid[] is null or n.class_id = any($4))
  and ($5::uuid[] is null or n.organization_id = any($5) or b.organization_id = any($5))
  and (
    b.ci_id is null
    or b.attributes <> n.attributes
    or b.life <> n.life
    or b.merged_into is distinct from n.merged_into
    or x.related
  )
order by n.since_seq desc
limit $6
