-- The locks of what is moved ($1), and of what is leaned on ($2), in one order: two of whom each moves what
-- the other leans on wait for one another, not in a circle. By the keys of `journal.lock_premises`.
select case when n.is_moved
           then pg_advisory_xact_lock(7305515, hashtext(n.name))::text
           else pg_advisory_xact_lock_shared(7305515, hashtext(n.name))::text
       end
from (
    select w.name, bool_or(w.is_moved) as is_moved
    from (
        select unnest($1::text[]) as name, true as is_moved
        union all
        select unnest($2::text[]), false
    ) w
    group by w.name
    order by w.name
) n
