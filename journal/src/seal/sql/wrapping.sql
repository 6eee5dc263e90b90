-- Before a key is wrapped, until its row is there for everybody: whoever changes the wrapping key waits.
select pg_advisory_xact_lock_shared(7305516)
