-- In the order of the log, which their positions then have too.
insert into journal.events
    (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata,
     recorded_at, salt)
select n.t, n.i, n.s, n.et, n.ev, n.p::json, n.m::json, n.at, n.salt
from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[],
            $8::timestamptz[], $9::bytea[])
    with ordinality as n (t, i, s, et, ev, p, m, at, salt, nr)
order by n.nr
