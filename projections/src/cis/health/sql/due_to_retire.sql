-- $1 the source, $2 since when at least, $3 how many.
select c.ci_id, c.version, (c.missing ->> $1)::timestamptz as since
from cis c
where c.until_seq is null and c.missing <> '{}' and c.life = 'ACTIVE'
  and c.missing ? $1 and (c.missing ->> $1)::timestamptz <= $2
order by c.ci_id
limit $3
