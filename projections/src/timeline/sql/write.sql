with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into timeline
    select r.* from stepped, jsonb_populate_recordset(null::timeline, $4) r
    -- Read again by a rebuild that goes on where it stopped.
    on conflict (global_seq) do nothing
), pictured as (
    insert into timeline_streams
    select r.* from stepped, jsonb_populate_recordset(null::timeline_streams, $5) r
    on conflict (aggregate_id, aggregate_type) do update set state = excluded.state
)
select applied_through from stepped
