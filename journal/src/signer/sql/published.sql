select note, recorded_at from journal.checkpoints
where $1::bigint is null or size < $1
order by size desc
limit $2
