-- Where a sum begins: to it is added what is counted.
select 0::bigint
