held as (
    insert into journal.claims (scope, key, aggregate_type, aggregate_id)
    values ($12, $13, $14, $15)
)
