select c.ci_id as key, to_jsonb(c) - '{searched,redundancy}'::text[] as stored
from cis c
where c.ci_id = any($1) and c.until_seq is null
