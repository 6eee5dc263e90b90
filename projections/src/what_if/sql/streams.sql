-- A left join: an event that is gone must be an error, not a missing row. Both sides are read as
-- ranges of their keys: one look-up an event would take longer than all the rest. What a ticket is
-- about is left out: it moves no clock.
with l as materialized (
    select l.aggregate_type, l.aggregate_id, l.sequence, l.event_type
    from journal.log l
    where l.aggregate_type = 'ticket' and l.aggregate_id = any ($1) and l.global_seq <= $2
      and l.event_type <> 'ticket.classified'
), e as materialized (
    select e.aggregate_id, e.sequence, e.event_version, e.payload, e.recorded_at,
           (e.metadata ->> 'occurred_at')::timestamptz as occurred_at
    from journal.events e
    where e.aggregate_type = 'ticket' and e.aggregate_id = any ($1)
      and e.event_type <> 'ticket.classified'
)
select l.aggregate_type, l.aggregate_id, l.sequence, l.event_type, e.event_version, e.payload,
       coalesce(e.occurred_at, e.recorded_at) as occurred_at
from l
left join e using (aggregate_id, sequence)
order by l.aggregate_id, l.sequence
