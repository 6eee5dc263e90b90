-- Of these types, the first with a stream of this identity, whether or not it is whole.
select t.name
from unnest($1::text[]) with ordinality t (name, rank)
where exists (select from journal.events e where e.aggregate_type = t.name and e.aggregate_id = $2)
   or exists (select from journal.log l where l.aggregate_type = t.name and l.aggregate_id = $2)
order by t.rank
limit 1
