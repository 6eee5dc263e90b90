with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into dossiers
    select r.* from stepped, jsonb_populate_recordset(null::dossiers, $4) r
    on conflict (ticket_id) do update set
        tags = excluded.tags,
        watcher_ids = excluded.watcher_ids,
        parent_id = excluded.parent_id,
        child_ids = excluded.child_ids,
        links = excluded.links,
        fields = excluded.fields,
        attachments = excluded.attachments,
        version = excluded.version
)
select applied_through from stepped
