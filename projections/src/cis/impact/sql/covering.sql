-- $1 items, $2 relations: what leads to them, and to which of them.
select r.to_id, r.from_id
from ci_relations r
where r.to_id = any($1) and r.relation = any($2::text[]) and {relation_is}
order by r.from_id, r.to_id
limit $3
