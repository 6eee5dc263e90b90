-- $1 items, $2 relations: what they lead to, and from which of them.
select r.to_id, r.from_id
from ci_relations r
where r.from_id = any($1) and r.relation = any($2::text[]) and {relation_is}
order by r.to_id, r.from_id
limit $3
