with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into sync_sources
    select r.* from stepped, jsonb_populate_recordset(null::sync_sources, $4) r
    on conflict (source_id) do update set
        name = excluded.name,
        rank = excluded.rank,
        definition = excluded.definition,
        runs = excluded.runs,
        last_run_at = excluded.last_run_at,
        earlier_run_at = excluded.earlier_run_at,
        last_run = excluded.last_run,
        complete_at = excluded.complete_at,
        version = excluded.version
)
select applied_through from stepped
