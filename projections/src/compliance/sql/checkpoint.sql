-- The last checkpoint of a tree that is no larger.
select c.size, c.root, c.note from journal.checkpoints c where c.size <= $1 order by c.size desc limit 1
