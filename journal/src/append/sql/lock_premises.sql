select journal.lock_premises($1)
