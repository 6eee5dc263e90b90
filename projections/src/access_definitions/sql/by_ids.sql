-- $3 the position as of which, or null: now.
select to_jsonb(d) as stored
from access_definitions d
where d.noun = $1 and d.definition_id = any($2)
  and case when $3::bigint is null then d.until_seq is null
      else d.since_seq <= $3 and (d.until_seq is null or d.until_seq > $3) end
