select count(*) as letters
from read.dead_letters d
where ($1::text is null or d.projection = $1)
  and ($2::boolean is null or (d.resolved_at is null) = $2)
