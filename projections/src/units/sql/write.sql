with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into units
    select r.* from stepped, jsonb_populate_recordset(null::units, $4) r
    on conflict (unit_id) do update set
        name = excluded.name,
        kind = excluded.kind,
        parent_id = excluded.parent_id,
        people_ids = excluded.people_ids,
        head_ids = excluded.head_ids,
        lead_id = excluded.lead_id,
        routing = excluded.routing,
        closed = excluded.closed,
        barrier = excluded.barrier,
        created_at = excluded.created_at,
        version = excluded.version,
        searched = excluded.searched
)
select applied_through from stepped
