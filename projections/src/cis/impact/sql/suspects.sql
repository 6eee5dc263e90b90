-- $1 items; their events after $2 and up to $3, the latest first.
select c.ci_id, c.since_seq
from cis c
where c.ci_id = any($1) and c.since_seq > $2 and c.since_seq <= $3
order by c.since_seq desc
limit $4
