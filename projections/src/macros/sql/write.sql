with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into macros
    select r.* from stepped, jsonb_populate_recordset(null::macros, $4) r
    on conflict (macro_id) do update set
        name = excluded.name,
        unit_id = excluded.unit_id,
        steps = excluded.steps,
        retired = excluded.retired,
        version = excluded.version
)
select applied_through from stepped
