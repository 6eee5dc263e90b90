select count(*) as events
from journal.log l
where l.aggregate_type = any ($1) and l.global_seq <= $2
