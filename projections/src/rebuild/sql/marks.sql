select array_agg(applied_through order by slot) as marks from {schema}.progress
