select * from read.rebuilds
where projection = coalesce($1, projection)
order by requested_at desc, id desc
limit $2
