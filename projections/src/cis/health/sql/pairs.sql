-- Which items look alike, two by two. $1 what classes say, $4 what no two items have in common.
w as materialized (
    select * from jsonb_to_recordset($1) as w (
        class_id uuid, family_id uuid, shown boolean, wanted text[], related boolean,
        besides text[], through text[]
    )
), items as not materialized (
    select c.ci_id, c.attributes, c.organization_id, w.family_id, w.besides, w.through,
        case when c.name = 'erased' then '' else translate(
            case when c.searched ~ '[0-9][ ._:/-]+[0-9]'
                then regexp_replace(c.searched, '([0-9])[ ._:/-]+(?=[0-9])', '\1~', 'g')
                else c.searched
            end, ' ._:/-', '')
        end as plain
    from cis c join w on w.class_id = c.class_id
    where c.until_seq is null and c.life = 'ACTIVE'
), keys as materialized (
    -- Alike by name, within a family and an organisation, and whatever else tells apart.
    select i.ci_id, 'name' as what, md5(concat_ws('/', i.family_id, i.plain,
        coalesce(i.organization_id::text, ''),
        case when i.besides <> '{}' then (
            select string_agg(lower(i.attributes ->> b), '/' order by b) from unnest(i.besides) b
        ) end,
        case when i.through <> '{}' then (
            select string_agg(r.to_id::text, '/' order by r.relation)
            from ci_relations r
            where r.from_id = i.ci_id and r.relation = any(i.through) and r.until_seq is null
        ) end))::uuid as key
    from items i where i.plain <> ''
    union all
    -- Alike by what no two have in common; what makers fill in when they have nothing to say is not.
    select i.ci_id, o.name, md5(concat_ws('=', o.name, lower(i.attributes ->> o.name)))::uuid
    from items i, unnest($4::text[]) o (name)
    where i.attributes ? o.name and length(i.attributes ->> o.name) > 3
      and lower(i.attributes ->> o.name) not in (
          'none', 'n/a', 'unknown', 'default string', 'to be filled by o.e.m.', 'not specified',
          'system serial number', 'chassis serial number', '00:00:00:00:00:00',
          'ff:ff:ff:ff:ff:ff', 'erased'
      )
), twice as materialized (
    select k.key from keys k group by k.key having count(*) > 1
), groups as materialized (
    -- Of very large groups the first are compared with.
    select k.key, (array_agg(k.ci_id order by k.ci_id))[1:101] as members
    from keys k join twice t on t.key = k.key
    group by k.key
), pairs as materialized (
    select k.ci_id, k.what, m.other
    from keys k
    join groups g on g.key = k.key
    join cis c on c.ci_id = k.ci_id and c.until_seq is null,
    lateral (
        select o.other from unnest(g.members) o (other)
        where o.other <> k.ci_id and o.other <> all (c.apart)
        limit 10
    ) m
    union all
    select c.ci_id, 'source', a.other
    from cis c, unnest(c.alike) a (other)
    where c.until_seq is null and c.life = 'ACTIVE' and c.alike <> '{}'
      and exists (
          select from cis o where o.ci_id = a.other and o.until_seq is null and o.life = 'ACTIVE'
      )
)
