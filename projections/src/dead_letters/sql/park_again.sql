insert into read.dead_letters
    (projection, version, aggregate_type, aggregate_id, global_seq, error)
values ($1, $2, $3, $4, $5, $6)
returning dead_letter_id
