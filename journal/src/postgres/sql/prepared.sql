-- One row at least, so that the setting is told also when nothing is prepared.
select current_setting('max_prepared_transactions')::integer as allowed,
       p.gid, p.database::text as database,
       extract(epoch from clock_timestamp() - p.prepared)::bigint as seconds
from (select) as always
left join pg_prepared_xacts p on true
order by p.prepared
