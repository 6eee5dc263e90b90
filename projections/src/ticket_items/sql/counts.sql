select i.ticket_id, count(*) as count
from ticket_items i
where i.ticket_id = any($1)
  and i.until_seq is null
  and ($2::text is null or i.role = $2)
  and (
      $3::uuid[] is null
      or exists (
          select 1 from view_cis.cis c
          where c.ci_id = i.ci_id and c.until_seq is null and c.class_id = any($3)
      )
  )
group by i.ticket_id
