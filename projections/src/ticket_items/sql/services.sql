select t.ticket_id, s.to_id
from unnest($1::uuid[]) as t (ticket_id)
cross join lateral (
    select distinct r.to_id
    from ticket_items i
    join view_cis.ci_relations r on r.from_id = i.ci_id and r.until_seq is null
    where i.ticket_id = t.ticket_id
      and i.until_seq is null
      and i.role in ('MANUAL', 'COMPUTED')
      and r.relation = any($2)
    order by r.to_id
    limit $3
) s
order by t.ticket_id, s.to_id
