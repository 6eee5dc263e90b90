released as (
    delete from journal.claims c
    using unnest($5::text[], $6::text[]) as r (scope, key)
    where c.scope = r.scope and c.key = r.key
    returning 1
)
