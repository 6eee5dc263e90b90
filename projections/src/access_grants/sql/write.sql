with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), holders as (
    insert into access_subjects
    select r.* from stepped, jsonb_populate_recordset(null::access_subjects, $4) r
    on conflict (subject_id) do update set
        subject = excluded.subject,
        closed = excluded.closed,
        version = excluded.version
), grants as (
    insert into access_grants
    select r.* from stepped, jsonb_populate_recordset(null::access_grants, $5) r
    on conflict (subject_id, grant_id) do update set
        ends_at = excluded.ends_at,
        shortened = excluded.shortened,
        moved_at = excluded.moved_at,
        request_id = excluded.request_id,
        state = excluded.state,
        ended_at = excluded.ended_at,
        ended_by = excluded.ended_by,
        ended_reason = excluded.ended_reason,
        ended_seq = excluded.ended_seq
), exceptions as (
    insert into access_exceptions
    select r.* from stepped, jsonb_populate_recordset(null::access_exceptions, $6) r
    on conflict (subject_id, exception_id) do update set
        ended_at = excluded.ended_at,
        ended_by = excluded.ended_by,
        ended_reason = excluded.ended_reason,
        ended_seq = excluded.ended_seq
), changes as (
    insert into access_changes
    select r.* from stepped, jsonb_populate_recordset(null::access_changes, $7) r
    -- Read again by a rebuild that goes on where it stopped.
    on conflict (global_seq, part) do nothing
)
select applied_through from stepped
