with commanded as (
    insert into journal.commands (actor, command_id, input_hash, outcome)
    select c.a, c.c, c.h, c.o::jsonb
    from unnest($1::text[], $2::uuid[], $3::bytea[], $4::text[]) as c (a, c, h, o)
), released as (
    delete from journal.claims c
    using unnest($5::text[], $6::text[]) as r (scope, key)
    where c.scope = r.scope and c.key = r.key
    returning 1
), held as (
    -- Counting makes releasing come first: a key may change hands within one append.
    insert into journal.claims (scope, key, aggregate_type, aggregate_id)
    select * from unnest($7::text[], $8::text[], $9::text[], $10::text[])
    where (select count(*) from released) is not null
)/* inline views */
insert into journal.events
    (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata)
select n.t, n.i, n.s, n.et, n.ev, n.p::json, n.m::json
from unnest($11::text[], $12::text[], $13::bigint[], $14::text[], $15::text[], $16::text[], $17::text[])
    as n (t, i, s, et, ev, p, m)
returning xid::text::bigint as transaction, position
