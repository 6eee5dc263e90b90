-- The keys that streams of the first $1 events hold.
select c.scope, c.key, c.aggregate_type, c.aggregate_id
from journal.claims c
where exists (
    select from journal.log l
    where l.aggregate_type = c.aggregate_type and l.aggregate_id = c.aggregate_id
      and l.sequence = 1 and l.global_seq <= $1
)
order by c.scope, c.key
