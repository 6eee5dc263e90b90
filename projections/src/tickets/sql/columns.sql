t.ticket_id, t.number, t.kind, t.title, t.description, t.state, t.priority, t.impact, t.urgency,
t.pending_reason, t.pending_until, t.subject_id, t.requester_id, t.author_id, t.unit_id, t.assignee_ids,
t.holder_id, t.last_holder_id, t.individual, t.merged_into_id, t.routing, t.tier, t.external_ref,
t.resolution_code, t.solution, t.created_at, t.resolved_at, t.closed_at, t.changed_at, t.version,
t.reopen_count, t.reassignment_count
