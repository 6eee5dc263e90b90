with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into subjects
    select r.* from stepped, jsonb_populate_recordset(null::subjects, $4) r
    on conflict (subject_id) do update set
        name = excluded.name,
        unit_id = excluded.unit_id,
        priority = excluded.priority,
        skill = excluded.skill,
        tier = excluded.tier,
        sla_plan_id = excluded.sla_plan_id,
        retired = excluded.retired,
        version = excluded.version,
        searched = excluded.searched
)
select applied_through from stepped
