-- $1 the retired ones too; $2 the units that share them, or null for all; $4 the one to go on behind, or null.
select to_jsonb(m) as stored
from macros m
where ($1 or not m.retired)
  and ($2::uuid[] is null or m.unit_id is null or m.unit_id = any($2))
  and ($4::uuid is null
       or (m.name, m.macro_id) > (select b.name, b.macro_id from macros b where b.macro_id = $4))
order by m.name, m.macro_id
limit $3
