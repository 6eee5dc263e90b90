with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into watchers
    select r.* from stepped, jsonb_populate_recordset(null::watchers, $4) r
    on conflict (ticket_id) do update set
        watcher_ids = excluded.watcher_ids,
        version = excluded.version
)
select applied_through from stepped
