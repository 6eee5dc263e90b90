select tree_size, frontier from journal.sequencer
