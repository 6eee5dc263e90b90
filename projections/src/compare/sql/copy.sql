copy (select * from {schema}.{table} order by {key}) to stdout
