select c.class_id, c.version, c.definition
from ci_classes c
where c.since_seq <= $1 and (c.until_seq is null or c.until_seq > $1)
order by c.class_id
