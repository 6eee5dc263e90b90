-- $2 the position as of which, or null: now.
select count(*) as count
from access_members m
where m.group_id = $1
  and case when $2::bigint is null then m.until_seq is null
      else m.since_seq <= $2 and (m.until_seq is null or m.until_seq > $2) end
