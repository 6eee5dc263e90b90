-- From one type to the next by the index, however many streams each has.
with recursive types as (
    select min(l.aggregate_type) as aggregate_type from journal.log l
    union all
    select (
        select min(l.aggregate_type) from journal.log l where l.aggregate_type > t.aggregate_type
    )
    from types t
    where t.aggregate_type is not null
)
select aggregate_type from types where aggregate_type is not null
