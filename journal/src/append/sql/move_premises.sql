select journal.move_premises($1)
