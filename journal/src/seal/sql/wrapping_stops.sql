-- Nobody wraps a key now, and all that was wrapped before is stored.
select pg_advisory_xact_lock(7305516)
