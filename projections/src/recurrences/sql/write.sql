with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into recurrences
    select r.* from stepped, jsonb_populate_recordset(null::recurrences, $4) r
    on conflict (recurrence_id) do update set
        name = excluded.name,
        definition = excluded.definition,
        stopped = excluded.stopped,
        seen_to = excluded.seen_to,
        last_ticket_id = excluded.last_ticket_id,
        version = excluded.version
)
select applied_through from stepped
