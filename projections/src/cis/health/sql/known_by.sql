-- $1 the source, $2 the one to go on behind or null, $3 how many.
select c.ci_id
from cis c
where c.until_seq is null and c.life = 'ACTIVE'
  and c.given ? $1
  and ($2::uuid is null or c.ci_id > $2)
order by c.ci_id
limit $3
