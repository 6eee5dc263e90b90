select max(size) as size from journal.checkpoints
