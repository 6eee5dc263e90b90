held as (
    -- Counting makes releasing come first: a key may change hands within one append.
    insert into journal.claims (scope, key, aggregate_type, aggregate_id)
    select * from unnest($7::text[], $8::text[], $9::text[], $10::text[])
    where (select count(*) from released) is not null
)
