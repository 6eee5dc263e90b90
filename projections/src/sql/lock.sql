select pg_advisory_lock($1::integer, hashtext($2))
