insert into journal.log
    (global_seq, aggregate_type, aggregate_id, sequence, event_type, recorded_at, leaf)
select n.*
from unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::timestamptz[],
            $7::bytea[]) as n (nr, type, id, seq, event_type, at, leaf)
