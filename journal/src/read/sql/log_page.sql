-- A left join: an event that is gone must be an error, not a missing row. The size of the tree comes
-- with the page, in one snapshot, so that a log cut short is not taken for its end.
select s.tree_size, p.*
from journal.sequencer s
left join lateral (
    select l.global_seq, l.aggregate_type, l.aggregate_id, l.sequence, l.event_type,
           e.event_version, e.payload::text as payload, e.metadata::text as metadata, e.recorded_at
    from journal.log l
    left join journal.events e using (aggregate_type, aggregate_id, sequence)
    where l.global_seq > $1 and l.global_seq <= $2
    order by l.global_seq
    limit $3
) p on true
order by p.global_seq
