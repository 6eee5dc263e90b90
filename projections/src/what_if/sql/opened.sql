-- An opening says when it happened, or counts as having happened when it was recorded. One more than
-- $4 is asked for, so that too many are noticed.
select e.aggregate_id
from journal.events e
join journal.log l using (aggregate_type, aggregate_id, sequence)
where e.aggregate_type = 'ticket' and e.sequence = 1 and e.event_type = 'ticket.opened'
  and coalesce((e.metadata ->> 'occurred_at')::timestamptz, e.recorded_at) >= $1
  and coalesce((e.metadata ->> 'occurred_at')::timestamptz, e.recorded_at) < $2
  and l.global_seq <= $3
order by e.aggregate_id
limit $4
