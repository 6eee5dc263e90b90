select to_jsonb(i) as stored
from unnest($1::uuid[]) as w (ci_id)
cross join lateral (
    select i.*
    from ticket_items i
    left join ticket_lives l on l.ticket_id = i.ticket_id
    where i.ci_id = w.ci_id
      and i.until_seq is null
      and ($2::boolean is null or coalesce(l.is_open, false) = $2)
    order by i.ticket_id desc
    limit $3
) i
