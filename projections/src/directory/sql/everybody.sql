-- Everybody who is registered; the first $2 behind $1.
select p.person_id from directory_people p
where $1::uuid is null or p.person_id > $1
order by p.person_id
limit $2
