-- The sequencer's: who has it appends nothing meanwhile, and no server runs on this database.
select pg_try_advisory_xact_lock($1) as taken
