insert into journal.claims (scope, key, aggregate_type, aggregate_id)
select * from unnest($1::text[], $2::text[], $3::text[], $4::text[])
