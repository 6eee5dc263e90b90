-- $1 what classes say, $2 the one to go on behind or null, $3 how many.
with w as materialized (
    select * from jsonb_to_recordset($1) as w (
        class_id uuid, family_id uuid, shown boolean, wanted text[], related boolean,
        besides text[], through text[]
    )
)
select c.ci_id, '{}'::text[] as names, null::timestamptz as since, '{}'::uuid[] as others
from cis c join w on w.class_id = c.class_id
where c.until_seq is null and c.life = 'ACTIVE' and w.shown and w.related
  and not exists (select from ci_relations r where r.from_id = c.ci_id and r.until_seq is null)
  and not exists (select from ci_relations r where r.to_id = c.ci_id and r.until_seq is null)
  and ($2::uuid is null or c.ci_id > $2)
order by c.ci_id
limit $3
