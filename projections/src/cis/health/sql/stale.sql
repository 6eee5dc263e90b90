-- $1 what classes say, $2 the one to go on behind or null, $3 how many, $4 since when nothing was
-- heard of what is stale, $5 sources that sent all they have since.
with w as materialized (
    select * from jsonb_to_recordset($1) as w (
        class_id uuid, family_id uuid, shown boolean, wanted text[], related boolean,
        besides text[], through text[]
    )
)
select c.ci_id, array(select jsonb_object_keys(c.missing)) as names, c.changed_at as since,
    '{}'::uuid[] as others
from cis c join w on w.class_id = c.class_id
where c.until_seq is null and c.life = 'ACTIVE' and w.shown
  and c.changed_at < $4
  and not exists (
      select from unnest($5::text[]) s (name)
      where c.given ? s.name and not c.missing ? s.name
  )
  and ($2::uuid is null or c.ci_id > $2)
order by c.ci_id
limit $3
