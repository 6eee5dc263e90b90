with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into sla_plans
    select r.* from stepped, jsonb_populate_recordset(null::sla_plans, $4) r
    on conflict (sla_plan_id) do update set
        name = excluded.name,
        definition = excluded.definition,
        version = excluded.version
)
select applied_through from stepped
