-- $1 the retired ones too; $2 the units that share them, or null for all.
select count(*) as count
from macros m
where ($1 or not m.retired)
  and ($2::uuid[] is null or m.unit_id is null or m.unit_id = any($2))
