select c.aggregate_id
from unnest($2::text[]) with ordinality as w (key, nr)
left join journal.claims c on c.scope = $1 and c.key = w.key
order by w.nr
