select count(*) as count
from people p
where ($1::text is null
       or p.name ilike $1 or p.login ilike $1 or p.email ilike $1 or p.phone ilike $1)
