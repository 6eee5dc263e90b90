-- The people of $1 and those of the sessions of $3 that live at $4, each once, with what their rights depend on;
-- and those in whose place they act, who were not asked for.
-- A department's head heads its support units; the role UNIT_HEAD heads each of its units. A head's people are those
-- who belong to what they head. A lead speaks for an organisation in that role alone, and no longer once they
-- belong to another one.
with session as (
    select s.session_id, s.person_id, c.must_change
    from identity.sessions s
    join identity.credentials c using (person_id)
    where s.session_id = any($3) and s.expires_at > $4
), wanted as (
    select unnest($1::uuid[]) as person_id
    union
    select person_id from session
), lent as (
    select distinct h.subject_id as person_id, (h.state ->> 'delegated_by')::uuid as lender
    from wanted join directory_holdings h on h.subject_id = wanted.person_id
    where h.state ->> 'delegated_by' is not null
), concerned as (
    select c.person_id, bool_or(c.asked) as asked
    from (
        select person_id, true as asked from wanted
        union all
        select lender, false from lent
    ) c
    group by c.person_id
), person as (
    select p.person_id, p.state, c.asked from concerned c join directory_people p using (person_id)
), groups as (
    -- Looked up one by one: groups are few, premises are not.
    select h.subject_id as group_id, (h.state ->> 'revision')::bigint as revision,
           (select p.version from journal.premises p where p.name = 'person:' || h.subject_id) as moved
    from directory_holdings h
    where h.state ->> 'subject' like 'group:%'
), units as (
    select person.person_id, m.unit_id,
           m.is_head or person.state ->> 'role' = 'UNIT_HEAD' as is_head
    from person join directory_memberships m using (person_id)
    where m.member
), heads as (
    select person_id, unit_id from units where is_head
    union
    select h.person_id, u.unit_id from units h
    join directory_units u on u.state ->> 'parent' = h.unit_id::text
    where h.is_head
)
select person.person_id, person.state, person.asked,
       array(select s.session_id from session s where s.person_id = person.person_id) as sessions,
       (select bool_or(s.must_change) from session s where s.person_id = person.person_id) as must_change,
       array(select u.unit_id from units u where u.person_id = person.person_id) as units,
       array(select h.unit_id from heads h where h.person_id = person.person_id) as heads,
       array(
           select distinct m.person_id from heads h join directory_memberships m using (unit_id)
           where h.person_id = person.person_id and m.member
       ) as people,
       array(
           select c.person_id from directory_units o
           join directory_people c on c.state ->> 'organization' = o.unit_id::text
           where o.state ->> 'lead' = person.person_id::text
             and person.state ->> 'role' = 'CLIENT_GROUP_LEAD'
             and coalesce(person.state ->> 'organization', o.unit_id::text) = o.unit_id::text
       ) as clients,
       (
           select g.state ->> 'dispatch_unit' from directory_settings g
           where g.settings_id = $2
       ) as dispatch_unit,
       coalesce((
           select version from journal.premises where name = 'person:' || person.person_id
       ), 0) as moved,
       coalesce((select version from journal.premises where name = 'organization'), 0) as organization_moved,
       array(select l.lender from lent l where l.person_id = person.person_id order by 1) as lenders,
       coalesce((
           select (h.state ->> 'revision')::bigint from directory_holdings h
           where h.subject_id = person.person_id and h.holding = 'access'
       ), 0) as revision,
       coalesce((select version from journal.premises where name = 'rules'), 0)
           + coalesce((select sum(g.revision) from groups g), 0)::bigint as rules_revision,
       array(select g.group_id from groups g where g.moved is not null order by 1) as groups_moved,
       array(select g.moved from groups g where g.moved is not null order by g.group_id) as groups_moves
from person
