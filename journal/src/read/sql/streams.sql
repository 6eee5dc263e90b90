select k.nr, e.*
from unnest($1::text[], $2::text[], $3::bigint[]) with ordinality as k (type, id, after, nr)
cross join lateral (
    select aggregate_type, aggregate_id, sequence, event_type, event_version,
           payload::text as payload, metadata::text as metadata, recorded_at
    from journal.events
    where aggregate_type = k.type and aggregate_id = k.id and sequence > k.after
    order by sequence
) e
