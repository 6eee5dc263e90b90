/* parts */insert into journal.events
    (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata)
select n.t, n.i, n.s, n.et, n.ev, n.p::json, n.m::json
from unnest($11::text[], $12::text[], $13::bigint[], $14::text[], $15::text[], $16::text[], $17::text[])
    as n (t, i, s, et, ev, p, m)
/* where */returning xid::text::bigint as transaction, position
