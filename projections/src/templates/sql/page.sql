-- $1 the retired ones too; $2 only what clients see; $4 the one to go on behind, or null.
select to_jsonb(t) as stored
from templates t
where ($1 or not t.retired)
  and (not $2 or (t.content ->> 'client_visible')::boolean)
  and ($4::uuid is null
       or (t.name, t.template_id) > (select b.name, b.template_id from templates b where b.template_id = $4))
order by t.name, t.template_id
limit $3
