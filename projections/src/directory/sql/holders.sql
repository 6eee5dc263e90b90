-- Who has one of the roles of $2, for which they count as having the role of $1 beside it: how many, and a few of
-- them. Held now or later, seen from $3.
select held.role_id, count(*) as holders, (array_agg(held.subject order by held.subject))[1:20] as some
from (
    select distinct w.role_id, s.state ->> 'subject' as subject
    from unnest($1::uuid[], $2::text[]) as w (role_id, by_role)
    join directory_holdings h on h.state -> 'what' ->> 'role' = w.by_role
    join directory_holdings s on s.subject_id = h.subject_id and s.holding = 'access'
    where h.state ->> 'state' = 'ACTIVE'
      and (h.state ->> 'until' is null or (h.state ->> 'until')::timestamptz > $3)
      and (h.state ->> 'version')::bigint > coalesce((s.state ->> 'closed_at')::bigint, 0)
) held
group by held.role_id
