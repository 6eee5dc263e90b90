select origin, tree_size, frontier from journal.sequencer
