select count(*) as events,
       count(*) filter (where l.aggregate_type = $1) as of_type,
       (select s.tree_size from journal.sequencer s) as tree_size
from journal.log l
