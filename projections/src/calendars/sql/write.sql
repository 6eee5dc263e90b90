with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into calendars
    select r.* from stepped, jsonb_populate_recordset(null::calendars, $4) r
    on conflict (calendar_id) do update set
        name = excluded.name,
        hours = excluded.hours,
        version = excluded.version
)
select applied_through from stepped
