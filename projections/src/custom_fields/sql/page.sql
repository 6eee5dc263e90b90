-- $1 the retired ones too; $2 only what clients see; $3 a kind of ticket, or null; $5 the one to go on behind, or null.
select to_jsonb(f) as stored
from custom_fields f
where ($1 or not f.retired)
  and (not $2 or f.client_visible)
  and ($3::text is null or f.kinds @> array[$3])
  and ($5::uuid is null
       or (f.name, f.field_id) > (select b.name, b.field_id from custom_fields b where b.field_id = $5))
order by f.name, f.field_id
limit $4
