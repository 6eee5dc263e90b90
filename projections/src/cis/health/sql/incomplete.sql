-- $1 what classes say, $2 the one to go on behind or null, $3 how many.
with w as materialized (
    select * from jsonb_to_recordset($1) as w (
        class_id uuid, family_id uuid, shown boolean, wanted text[], related boolean,
        besides text[], through text[]
    )
)
select c.ci_id, array(select a from unnest(w.wanted) a where not c.attributes ? a) as names,
    null::timestamptz as since, '{}'::uuid[] as others
from cis c join w on w.class_id = c.class_id
where c.until_seq is null and c.life = 'ACTIVE' and w.shown
  and not c.attributes ?& w.wanted
  and ($2::uuid is null or c.ci_id > $2)
order by c.ci_id
limit $3
