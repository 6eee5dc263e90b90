select tree_size as head from journal.sequencer
