with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into evidence_holds
    select r.* from stepped, jsonb_populate_recordset(null::evidence_holds, $4) r
    on conflict (hold_id) do update set
        person_id = excluded.person_id,
        ticket_id = excluded.ticket_id,
        why = excluded.why,
        until = excluded.until,
        placed_by = excluded.placed_by,
        placed_at = excluded.placed_at,
        lifted_by = excluded.lifted_by,
        lifted_at = excluded.lifted_at,
        lift_why = excluded.lift_why,
        version = excluded.version
)
select applied_through from stepped
