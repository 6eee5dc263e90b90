-- What active people have for good and of themselves, by one of these roles or by none, everywhere or, with $2,
-- anywhere; and how often what they have had been taken from then.
select h.subject_id, h.state, coalesce((
           select m.version from journal.premises m where m.name = 'person:' || h.subject_id
       ), 0) as moved
from directory_holdings h
join directory_holdings s on s.subject_id = h.subject_id and s.holding = 'access'
join directory_people p on p.person_id = h.subject_id
where (h.state -> 'what' ->> 'role' = any($1) or h.state -> 'what' -> 'entry' is not null)
  and h.state ->> 'state' = 'ACTIVE'
  and (h.state ->> 'scope' = 'all' or $2)
  and h.state ->> 'until' is null
  and (h.state ->> 'version')::bigint > coalesce((s.state ->> 'closed_at')::bigint, 0)
  and p.state ->> 'life' = 'ACTIVE'
