/* parts */insert into journal.events
    (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata)
select $1::text, $2::text, $3::bigint, $4::text, $5::text, $6::text::json, $7::text::json
/* where */returning xid::text::bigint as transaction, position
