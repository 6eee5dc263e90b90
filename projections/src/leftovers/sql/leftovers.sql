-- Grants that are of no use, or deserve a look ($1 the kinds that are asked for) at $2: at most $3, the
-- oldest first.
select l.kind, l.stored
from (
    select 'EXPIRED' as kind, to_jsonb(g) as stored, g.made_seq
    from access_grants g
    where 'EXPIRED' = any($1) and g.state = 'ACTIVE' and g.ends_at <= $2
    union all
    select 'ORPHANED', to_jsonb(g), g.made_seq
    from access_grants g
    where 'ORPHANED' = any($1) and g.state = 'ACTIVE' and (g.ends_at is null or g.ends_at > $2)
      and (
          exists (select from people p where p.person_id = g.subject_id and p.life = 'LEFT')
          or exists (
              select from service_accounts a left join people o on o.person_id = a.owner_id
              where a.account_id = g.subject_id and (a.retired_at is not null or o.life = 'LEFT'))
          or exists (
              select from access_definitions d
              where d.definition_id = g.subject_id and d.noun = 'access_group'
                and d.until_seq is null and d.retired)
      )
    union all
    select 'PRIVILEGED_WITHOUT_END', to_jsonb(g), g.made_seq
    from access_grants g
    join access_definitions d
      on d.definition_id = g.role_id and d.noun = 'role' and d.until_seq is null
    where 'PRIVILEGED_WITHOUT_END' = any($1) and g.state = 'ACTIVE' and g.ends_at is null
      and g.source <> 'BIRTHRIGHT' and d.body -> 'definition' ->> 'risk' = 'PRIVILEGED'
) l
order by l.made_seq
limit $3
