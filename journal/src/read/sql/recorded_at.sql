select recorded_at from journal.log where global_seq = $1
