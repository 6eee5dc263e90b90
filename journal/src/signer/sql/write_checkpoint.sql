insert into journal.checkpoints (size, root, note) values ($1, $2, $3)
on conflict (size) do nothing
