-- Why appends of a group cannot succeed: the command was answered, a premise has moved, a stream
-- stands elsewhere, a key is held. Several rows an append are possible; `nr` says which append.
with answered as (
    select w.nr, c.input_hash, c.outcome, c.xid
    from unnest($1::bigint[], $2::text[], $3::uuid[]) as w (nr, actor, command_id)
    cross join lateral (
        select * from journal.commands c where c.actor = w.actor and c.command_id = w.command_id
    ) c
)
select a.nr, 0 as kind, a.outcome as why, a.input_hash, a.xid::text::bigint as transaction,
       -- The command's last event is the one its streams ended with, if its transaction made it.
       (
           select max(e.position)
           from jsonb_to_recordset(a.outcome)
               as s (aggregate_type text, aggregate_id text, version bigint)
           cross join lateral (
               select * from journal.events e
               where e.aggregate_type = s.aggregate_type and e.aggregate_id = s.aggregate_id
                 and e.sequence = s.version
           ) e
           where e.xid = a.xid
       ) as position
from answered a
union all
select p.nr, 1, jsonb_build_object(), null, null, null
from unnest($11::bigint[], $12::text[], $13::bigint[]) as p (nr, name, version)
left join journal.premises now on now.name = p.name
where coalesce(now.version, 0) <> p.version
union all
select s.nr, 2, jsonb_build_object('id', s.id, 'expected', s.expected, 'actual', v.actual),
       null, null, null
from unnest($4::bigint[], $5::text[], $6::text[], $7::bigint[]) as s (nr, type, id, expected)
cross join lateral (
    select coalesce(max(e.sequence), 0) as actual from journal.events e
    where e.aggregate_type = s.type and e.aggregate_id = s.id
) v
where v.actual <> s.expected
union all
select w.nr, 3, jsonb_build_object('scope', w.scope, 'holder', c.aggregate_id), null, null, null
from unnest($8::bigint[], $9::text[], $10::text[]) as w (nr, scope, key)
cross join lateral (
    select * from journal.claims c where c.scope = w.scope and c.key = w.key
) c
