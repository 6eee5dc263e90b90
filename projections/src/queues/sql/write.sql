with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into queues
    select r.* from stepped, jsonb_populate_recordset(null::queues, $4) r
    on conflict (queue_id) do update set
        owner_id = excluded.owner_id,
        unit_id = excluded.unit_id,
        name = excluded.name,
        sharing = excluded.sharing,
        filter = excluded.filter,
        ordering = excluded.ordering,
        columns = excluded.columns,
        removed = excluded.removed,
        version = excluded.version
)
select applied_through from stepped
