-- $2 the position as of which, or null: now.
select to_jsonb(d) as stored
from access_definitions d
where d.noun = $1 and not d.retired
  and case when $2::bigint is null then d.until_seq is null
      else d.since_seq <= $2 and (d.until_seq is null or d.until_seq > $2) end
order by d.definition_id
