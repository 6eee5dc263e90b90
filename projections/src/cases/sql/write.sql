with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into cases
    select r.* from stepped, jsonb_populate_recordset(null::cases, $4) r
    on conflict (ticket_id) do update set
        outcome = excluded.outcome,
        opened_at = excluded.opened_at,
        author_id = excluded.author_id,
        opened_unit_id = excluded.opened_unit_id,
        opened_assignee_ids = excluded.opened_assignee_ids,
        resolved_at = excluded.resolved_at,
        resolver_id = excluded.resolver_id,
        resolved_unit_id = excluded.resolved_unit_id,
        changed_at = excluded.changed_at,
        unit_id = excluded.unit_id,
        assignee_ids = excluded.assignee_ids,
        unit_ids = excluded.unit_ids,
        person_ids = excluded.person_ids,
        told = excluded.told
)
select applied_through from stepped
