-- $1 the retired ones too; $2 only what clients see; $3 a kind of ticket, or null.
select count(*) as count
from custom_fields f
where ($1 or not f.retired)
  and (not $2 or f.client_visible)
  and ($3::text is null or f.kinds @> array[$3])
