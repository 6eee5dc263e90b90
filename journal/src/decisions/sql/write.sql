-- The grants of a row come as one text, because an array of arrays has rows of one length.
insert into identity.decisions (
    decided_at, last_at, times, actor, action, stream_id, allowed, reason, grants, revision, correlation_id,
    asked_by, resource
)
select decided_at, last_at, times, actor, action, stream_id, allowed, reason, grants::uuid[], revision, correlation_id,
       asked_by, resource
from unnest(
    $1::timestamptz[], $2::timestamptz[], $3::integer[], $4::text[], $5::text[], $6::uuid[], $7::boolean[],
    $8::text[], $9::text[], $10::bigint[], $11::uuid[], $12::text[], $13::text[]
) with ordinality as row (
    decided_at, last_at, times, actor, action, stream_id, allowed, reason, grants, revision, correlation_id,
    asked_by, resource, place
)
order by place
