select to_jsonb(i) as stored
from unnest($1::uuid[]) as t (ticket_id)
cross join lateral (
    select i.*
    from ticket_items i
    where i.ticket_id = t.ticket_id
      and i.until_seq is null
      and ($2::text is null or i.role = $2)
      and (
          $3::uuid[] is null
          or exists (
              select 1 from view_cis.cis c
              where c.ci_id = i.ci_id and c.until_seq is null and c.class_id = any($3)
          )
      )
      and ($4::smallint is null or (i.depth, i.ci_id) > ($4, $5::uuid))
    order by i.depth, i.ci_id
    limit $6
) i
order by i.ticket_id, i.depth, i.ci_id
