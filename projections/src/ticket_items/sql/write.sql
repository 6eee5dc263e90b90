with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), lives as (
    insert into ticket_lives
    select r.* from stepped, jsonb_populate_recordset(null::ticket_lives, $4) r
    on conflict (ticket_id) do update set
        is_incident = excluded.is_incident,
        is_open = excluded.is_open
), items as (
    insert into ticket_items
    select r.* from stepped, jsonb_populate_recordset(null::ticket_items, $5) r
    on conflict (ticket_id, ci_id, since_seq) do update set
        role = excluded.role,
        depth = excluded.depth,
        until_seq = excluded.until_seq
), failures as (
    insert into ticket_failures
    select r.* from stepped, jsonb_populate_recordset(null::ticket_failures, $6) r
    on conflict (ticket_id, ci_id, since_seq) do update set
        until_seq = excluded.until_seq
), impacts as (
    insert into ticket_impacts
    select r.* from stepped, jsonb_populate_recordset(null::ticket_impacts, $7) r
    on conflict (ticket_id) do update set
        position = excluded.position,
        digest = excluded.digest,
        depth = excluded.depth,
        redundancy = excluded.redundancy,
        context = excluded.context,
        fallen = excluded.fallen,
        contacts = excluded.contacts,
        truncated = excluded.truncated,
        computed_at = excluded.computed_at
)
select applied_through from stepped
