with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into erasures
    select r.* from stepped, jsonb_populate_recordset(null::erasures, $4) r
    on conflict (erasure_id) do update set
        person_id = excluded.person_id,
        ground = excluded.ground,
        why = excluded.why,
        requester_id = excluded.requester_id,
        phase = excluded.phase,
        requested_at = excluded.requested_at,
        approved_by = excluded.approved_by,
        approved_at = excluded.approved_at,
        refused_by = excluded.refused_by,
        refused_at = excluded.refused_at,
        exemption = excluded.exemption,
        refused_why = excluded.refused_why,
        withdrawn_at = excluded.withdrawn_at,
        begun_at = excluded.begun_at,
        keys_destroyed_at = excluded.keys_destroyed_at,
        keys = excluded.keys,
        keys_destroyed_seq = excluded.keys_destroyed_seq,
        purged_at = excluded.purged_at,
        purge = excluded.purge,
        certified_at = excluded.certified_at,
        certified_size = excluded.certified_size,
        certified_root = excluded.certified_root,
        certified_seq = excluded.certified_seq,
        version = excluded.version
)
select applied_through from stepped
