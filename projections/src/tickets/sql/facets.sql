select t.ticket_id, t.state, t.priority, t.kind, t.unit_id, t.holder_id, t.subject_id from tickets t
