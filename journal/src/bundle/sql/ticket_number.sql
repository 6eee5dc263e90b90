-- Null before the first.
select last_value from pg_sequences
where schemaname = 'journal' and sequencename = 'ticket_number'
