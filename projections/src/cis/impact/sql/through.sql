-- How far the slots of the view are.
select min(applied_through) as least, max(applied_through) as most from {schema}.progress
