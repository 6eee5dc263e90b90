-- What rights follow from for everybody, and as of which revision: every rule, group and program, who
-- was added to groups, what groups have, and the places.
select 'revision' as noun, '' as id, jsonb_build_object(
           'revision', coalesce((select version from journal.premises where name = 'rules'), 0)
               + coalesce((
                   select sum((h.state ->> 'revision')::bigint) from directory_holdings h
                   where h.state ->> 'subject' like 'group:%'
               ), 0)
       ) as state
union all
select split_part(r.rule, ':', 1), split_part(r.rule, ':', 2), r.state
from directory_rules r
union all
select 'member', m.group_id::text, to_jsonb(m.member)
from directory_members m
where m.is_member
union all
select 'holding', h.subject_id::text, h.state || jsonb_build_object('holding', h.holding)
from directory_holdings h
where h.subject_id = any(array(
    -- Found first: groups are few, holdings are not.
    select g.subject_id from directory_holdings g where g.state ->> 'subject' like 'group:%'
))
union all
select 'unit', u.unit_id::text, u.state
from directory_units u
