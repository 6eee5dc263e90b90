select e.xid::text::bigint as transaction, e.position
from journal.log l
join journal.events e using (aggregate_type, aggregate_id, sequence)
where l.global_seq = $1
