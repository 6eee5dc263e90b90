select c.ci_id, c.class_id, c.life, c.status
from cis c
where c.ci_id = any($1) and {item_is}
