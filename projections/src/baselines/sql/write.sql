with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into baselines
    select r.* from stepped, jsonb_populate_recordset(null::baselines, $4) r
    on conflict (baseline_id) do update set
        name = excluded.name,
        position = excluded.position,
        note = excluded.note,
        named_at = excluded.named_at,
        withdrawn_at = excluded.withdrawn_at,
        version = excluded.version
)
select applied_through from stepped
