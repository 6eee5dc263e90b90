-- Of several slots the one that is least far.
select min(applied_through) as applied_through from {schema}.progress
