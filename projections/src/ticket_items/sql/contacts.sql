select count(*) as count
from view_cis.cis c
where c.ci_id = any($1)
  and c.class_id = any($2)
  and c.since_seq <= $3
  and (c.until_seq is null or c.until_seq > $3)
