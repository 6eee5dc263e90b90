select to_jsonb(e) as stored
from access_exceptions e
where e.subject_id = $1 and e.exception_id = $2
