-- $2 the position as of which, or null: now; $3 how many of each; $4 the one to go on behind, or null.
select g.group_id, m.member
from unnest($1::uuid[]) as g (group_id)
cross join lateral (
    select s.member
    from access_members s
    where s.group_id = g.group_id
      and case when $2::bigint is null then s.until_seq is null
          else s.since_seq <= $2 and (s.until_seq is null or s.until_seq > $2) end
      and ($4::text is null or s.member > $4 collate "C")
    order by s.member
    limit $3
) m
order by g.group_id, m.member
