-- The people who have one of the roles of $2 now, for which they count as having the role of $1 beside it. Of very
-- many, some.
select held.role_id, (array_agg(held.person_id order by held.person_id))[1:500] as people
from (
    select distinct w.role_id, p.person_id
    from unnest($1::uuid[], $2::text[]) as w (role_id, by_role)
    join directory_holdings h on h.state -> 'what' ->> 'role' = w.by_role
    join directory_holdings s on s.subject_id = h.subject_id and s.holding = 'access'
    join directory_people p on p.person_id = h.subject_id
    where h.state ->> 'state' = 'ACTIVE'
      and (h.state ->> 'from')::timestamptz <= $3
      and (h.state ->> 'until' is null or (h.state ->> 'until')::timestamptz > $3)
      and (h.state ->> 'version')::bigint > coalesce((s.state ->> 'closed_at')::bigint, 0)
      and p.state ->> 'life' = 'ACTIVE'
) held
group by held.role_id
