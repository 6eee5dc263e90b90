-- No index knows requests: the whole history is looked through.
select l.global_seq, l.aggregate_type, l.aggregate_id, l.event_type, l.recorded_at,
       e.metadata ->> 'actor' as actor, e.metadata ->> 'correlation_id' as correlation_id,
       e.metadata ->> 'command_id' as command_id, e.metadata ->> 'causation_id' as causation_id
from journal.log l
join journal.events e using (aggregate_type, aggregate_id, sequence)
where e.metadata ->> 'correlation_id' = any ($1)
order by l.global_seq
limit $2
