-- What the report is folded from: the events of these types, and of units their barriers, up to a
-- position, in the order of the log.
-- A left join: an event that is gone must be an error, not a missing row.
select l.global_seq, l.aggregate_type, l.aggregate_id, l.sequence, l.event_type,
       e.event_version, e.payload,
       coalesce((e.metadata ->> 'occurred_at')::timestamptz, e.recorded_at) as occurred_at,
       coalesce(e.metadata ->> 'actor', 'system') as actor
from journal.log l
left join journal.events e using (aggregate_type, aggregate_id, sequence)
where l.global_seq <= $1
  and (l.aggregate_type = any($2) or l.event_type in ('unit.barrier_drawn', 'unit.barrier_lifted'))
order by l.global_seq
limit $3
