with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into tickets
    select r.* from stepped, jsonb_populate_recordset(null::tickets, $4) r
    on conflict (ticket_id) do update set
        number = excluded.number,
        kind = excluded.kind,
        title = excluded.title,
        description = excluded.description,
        state = excluded.state,
        priority = excluded.priority,
        impact = excluded.impact,
        urgency = excluded.urgency,
        pending_reason = excluded.pending_reason,
        pending_until = excluded.pending_until,
        subject_id = excluded.subject_id,
        requester_id = excluded.requester_id,
        author_id = excluded.author_id,
        unit_id = excluded.unit_id,
        assignee_ids = excluded.assignee_ids,
        holder_id = excluded.holder_id,
        last_holder_id = excluded.last_holder_id,
        individual = excluded.individual,
        merged_into_id = excluded.merged_into_id,
        routing = excluded.routing,
        tier = excluded.tier,
        external_ref = excluded.external_ref,
        resolution_code = excluded.resolution_code,
        solution = excluded.solution,
        created_at = excluded.created_at,
        resolved_at = excluded.resolved_at,
        closed_at = excluded.closed_at,
        changed_at = excluded.changed_at,
        version = excluded.version,
        reopen_count = excluded.reopen_count,
        reassignment_count = excluded.reassignment_count,
        sla_plan_id = excluded.sla_plan_id,
        deadline_at = excluded.deadline_at,
        course = excluded.course,
        reaction_due_at = excluded.reaction_due_at,
        work_due_at = excluded.work_due_at,
        clock_deadline_due_at = excluded.clock_deadline_due_at,
        due_at = excluded.due_at,
        breach_at = excluded.breach_at,
        open_rank = excluded.open_rank,
        over_rank = excluded.over_rank
)
select applied_through from stepped
