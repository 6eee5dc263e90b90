select from_id from ci_relations
where to_id = $1 and relation = $2 and until_seq is null
order by from_id
