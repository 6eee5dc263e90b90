-- Who has nothing by birthright, and has not left; the first $2 behind $1.
select p.person_id, p.state
from directory_people p
where p.person_id > $1
  and p.state ->> 'life' <> 'LEFT'
  and not exists (
      select from directory_holdings h
      where h.subject_id = p.person_id and h.state ->> 'source' = 'BIRTHRIGHT' and h.state ->> 'state' = 'ACTIVE'
  )
order by p.person_id
limit $2
