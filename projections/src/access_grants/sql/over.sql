-- Subjects of whom something has come to its end by $1 and is not written down as over.
select o.subject_id
from (
    select g.subject_id, g.ends_at from access_grants g where g.state = 'ACTIVE' and g.ends_at <= $1
    union all
    select e.subject_id, e.ends_at from access_exceptions e where e.ended_at is null and e.ends_at <= $1
) o
group by o.subject_id
order by min(o.ends_at), o.subject_id
limit $2
