-- $1 the retired ones too; $2 only what clients see.
select count(*) as count
from templates t
where ($1 or not t.retired)
  and (not $2 or (t.content ->> 'client_visible')::boolean)
