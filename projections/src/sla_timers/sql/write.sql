with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into sla_timers
    select r.* from stepped, jsonb_populate_recordset(null::sla_timers, $4) r
    on conflict (ticket_id) do update set
        version = excluded.version,
        imported = excluded.imported,
        course = excluded.course,
        recorded = excluded.recorded,
        by_hand = excluded.by_hand,
        open_cycle = excluded.open_cycle,
        next_at = excluded.next_at
)
select applied_through from stepped
