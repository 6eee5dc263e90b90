-- $3 the subject to go on behind, or null.
select to_jsonb(s) as stored
from subjects s
where ($1 or not s.retired)
  and ($3::uuid is null
       or (s.name, s.subject_id) > (select a.name, a.subject_id from subjects a where a.subject_id = $3))
order by s.name, s.subject_id
limit $2
