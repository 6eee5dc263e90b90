/* parts */insert into journal.events
    (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata)
values ($1, $2, $3, $4, $5, $6::text::json, $7::text::json)
returning xid::text::bigint as transaction, position
