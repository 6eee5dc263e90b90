-- As the last analysis says; before it, by the table's length: a ticket takes less than a kilobyte.
select greatest(c.reltuples, pg_relation_size(c.oid) / 1000)::bigint as total
from pg_class c
where c.oid = to_regclass('tickets')
