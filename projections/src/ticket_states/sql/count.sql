select count(*) as count from ticket_states t where int8range(t.since_seq, t.until_seq) @> $1
