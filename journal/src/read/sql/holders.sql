select w.nr, c.aggregate_id
from unnest($1::text[], $2::text[]) with ordinality as w (scope, key, nr)
cross join lateral (
    select * from journal.claims c where c.scope = w.scope and c.key = w.key
) c
