-- Of equal rows equal: each column by the hash of its type, as a hash join does. All on one server,
-- within one run.
select count(*) as rows, coalesce(sum(hash_record_extended(t, 0)), 0)::text as sum
from {schema}.{table} t
