-- $1 the scope, $2 beginnings that end with a slash, $3 how many of each: behind a slash comes a zero.
select w.nr, c.key, c.aggregate_id
from unnest($2::text[]) with ordinality as w (beginning, nr)
cross join lateral (
    select c.key, c.aggregate_id
    from journal.claims c
    where c.scope = $1
      and c.key >= w.beginning collate "C"
      and c.key < (left(w.beginning, -1) || '0') collate "C"
    order by c.key
    limit $3
) c
