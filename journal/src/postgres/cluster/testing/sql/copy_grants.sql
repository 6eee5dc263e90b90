-- Cloning copies everything but the rights on the database itself.
update pg_database clone set datacl = template.datacl
from pg_database template
where clone.datname = $1 and template.datname = $2
