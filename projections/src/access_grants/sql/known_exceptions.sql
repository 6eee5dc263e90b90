-- $1 the streams, $2 those of which all that stands is asked for, $3 what is named.
select to_jsonb(e) as stored
from access_exceptions e
where e.subject_id = any($1)
  and (e.exception_id = any($3) or (e.subject_id = any($2) and e.ended_at is null))
