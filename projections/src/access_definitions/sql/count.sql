-- $2 retired ones, too; $3 what the name is like, or null; $4 the position as of which, or null: now;
-- $5 who was added to them, or null.
select count(*) as count
from access_definitions d
where d.noun = $1
  and ($2 or not d.retired)
  and ($3::text is null or d.words like $3)
  and case when $4::bigint is null then d.until_seq is null
      else d.since_seq <= $4 and (d.until_seq is null or d.until_seq > $4) end
  and ($5::text is null or exists (
      select from access_members m
      where m.group_id = d.definition_id and m.member = $5
        and case when $4::bigint is null then m.until_seq is null
            else m.since_seq <= $4 and (m.until_seq is null or m.until_seq > $4) end))
