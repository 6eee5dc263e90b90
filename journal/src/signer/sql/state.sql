select s.origin, s.tree_size, s.frontier, c.size as signed_size, c.note as signed_note
from journal.sequencer s
left join lateral (
    select k.size, k.note from journal.checkpoints k order by k.size desc limit 1
) c on true
