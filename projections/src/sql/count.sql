select count(*) as rows from {schema}.{table}
