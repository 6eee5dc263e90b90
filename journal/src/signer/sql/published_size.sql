select coalesce(max(size), 0) as size from journal.checkpoints
