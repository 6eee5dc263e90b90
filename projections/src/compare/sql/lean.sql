-- What keeps rows apart stays, and what a fold may look rows up by, which no inverted index serves.
-- $1: it looks none up.
select i.indexrelid::regclass::text as index
from pg_index i
join pg_class t on t.oid = i.indrelid
join pg_class c on c.oid = i.indexrelid
join pg_am m on m.oid = c.relam
where t.relnamespace = pg_my_temp_schema() and not i.indisunique and ($1 or m.amname = 'gin')
