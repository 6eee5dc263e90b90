-- The tickets as they were behind the event $1.
select t.ticket_id from ticket_states t where int8range(t.since_seq, t.until_seq) @> $1
