select count(*) as count from journal.checkpoints
