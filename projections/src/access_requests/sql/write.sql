with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into access_requests
    select r.* from stepped, jsonb_populate_recordset(null::access_requests, $4) r
    on conflict (request_id) do update set
        role_id = excluded.role_id,
        state = excluded.state,
        approver_ids = excluded.approver_ids,
        party_ids = excluded.party_ids,
        due_at = excluded.due_at,
        justification = excluded.justification,
        votes = excluded.votes,
        questions = excluded.questions,
        grant_id = excluded.grant_id,
        decided_at = excluded.decided_at,
        version = excluded.version,
        told = excluded.told
)
select applied_through from stepped
