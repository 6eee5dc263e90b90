select to_jsonb(t) as stored from {schema}.{table} t order by {key}
