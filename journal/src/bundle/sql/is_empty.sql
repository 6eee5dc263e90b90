select s.tree_size = 0
       and not exists (select from journal.events)
       and not exists (select from journal.claims)
       and not exists (select from journal.checkpoints) as empty
from journal.sequencer s
