select definition_id as key, to_jsonb(d) as stored
from access_definitions d
where definition_id = any($1) and until_seq is null
