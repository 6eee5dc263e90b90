with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into templates
    select r.* from stepped, jsonb_populate_recordset(null::templates, $4) r
    on conflict (template_id) do update set
        name = excluded.name,
        content = excluded.content,
        retired = excluded.retired,
        version = excluded.version
)
select applied_through from stepped
