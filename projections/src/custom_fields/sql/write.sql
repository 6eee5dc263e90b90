with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into custom_fields
    select r.* from stepped, jsonb_populate_recordset(null::custom_fields, $4) r
    on conflict (field_id) do update set
        name = excluded.name,
        kinds = excluded.kinds,
        form = excluded.form,
        choices = excluded.choices,
        client_visible = excluded.client_visible,
        retired = excluded.retired,
        version = excluded.version
)
select applied_through from stepped
