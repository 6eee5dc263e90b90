with stepped as (
    update journal.sequencer
    set tree_size = $1, frontier = $2, cursor_xid = $3::bigint::text::xid8, cursor_position = $4
    where epoch = $5 and tree_size = $6
    returning tree_size
), logged as (
    insert into journal.log
        (global_seq, aggregate_type, aggregate_id, sequence, event_type, recorded_at, leaf)
    select n.*
    from unnest($7::bigint[], $8::text[], $9::text[], $10::bigint[], $11::text[],
                $12::timestamptz[], $13::bytea[]) as n (nr, type, id, seq, event_type, at, leaf),
         stepped
)
select pg_notify('annals_log', tree_size::text) from stepped
