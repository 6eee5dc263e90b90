-- Subjects that have the same twice at $1, wherever and however long: at most $2, behind $3 if that is
-- said.
select distinct g.subject_id
from access_grants g
where g.state = 'ACTIVE' and (g.ends_at is null or g.ends_at > $1)
  and ($3::uuid is null or g.subject_id > $3)
group by g.subject_id, g.role_id, g.entry
having count(*) > 1
order by g.subject_id
limit $2
