-- $1 the streams, $2 those of which all that stands is asked for, $3 what is named.
select to_jsonb(g) as stored
from access_grants g
where g.subject_id = any($1)
  and (g.grant_id = any($3) or (g.subject_id = any($2) and g.state = 'ACTIVE'))
