-- Asked for by all that writes: nothing is written before.
premised as materialized (
    select journal.hold_premises({names}::text[], {versions}::bigint[]) as ok
)
