select to_jsonb(f) as stored
from unnest($1::uuid[]) as w (id)
cross join lateral (
    select c.*
    from comments c
    where c.ticket_id = w.id and ($2 or not c.internal)
    order by c.global_seq
    limit $3
) f
order by f.ticket_id, f.global_seq
