select global_seq, leaf from journal.log
where global_seq > $1 and global_seq <= $2
order by global_seq
limit $3
