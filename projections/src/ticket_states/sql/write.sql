-- $4 states that are over, $5 states that began, $6 what the next events go on from.
with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), ended as (
    update ticket_states s set until_seq = e.until_seq
    from stepped, jsonb_to_recordset($4) as e (ticket_id uuid, since_seq bigint, until_seq bigint)
    where s.ticket_id = e.ticket_id and s.since_seq = e.since_seq
), begun as (
    insert into ticket_states
    select r.* from stepped, jsonb_populate_recordset(null::ticket_states, $5) r
    on conflict (ticket_id, since_seq) do update set
        until_seq = excluded.until_seq,
        number = excluded.number,
        kind = excluded.kind,
        state = excluded.state,
        priority = excluded.priority,
        impact = excluded.impact,
        urgency = excluded.urgency,
        subject_id = excluded.subject_id,
        requester_id = excluded.requester_id,
        author_id = excluded.author_id,
        unit_id = excluded.unit_id,
        assignee_ids = excluded.assignee_ids,
        holder_id = excluded.holder_id,
        merged_into_id = excluded.merged_into_id,
        tier = excluded.tier,
        external_ref = excluded.external_ref,
        created_at = excluded.created_at,
        resolved_at = excluded.resolved_at,
        closed_at = excluded.closed_at,
        changed_at = excluded.changed_at,
        reopen_count = excluded.reopen_count,
        reassignment_count = excluded.reassignment_count,
        sla_plan_id = excluded.sla_plan_id,
        deadline_at = excluded.deadline_at,
        due_at = excluded.due_at,
        breach_at = excluded.breach_at,
        open_rank = excluded.open_rank,
        over_rank = excluded.over_rank
), last as (
    insert into ticket_states_last
    select r.* from stepped, jsonb_populate_recordset(null::ticket_states_last, $6) r
    on conflict (ticket_id) do update set
        since_seq = excluded.since_seq,
        state = excluded.state
)
select applied_through from stepped
