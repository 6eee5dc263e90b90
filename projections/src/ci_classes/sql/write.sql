with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), ended as (
    -- What a batch defines anew is in force no longer; what is in the batch itself says so already.
    update ci_classes c set until_seq = e.until_seq
    from stepped, jsonb_to_recordset($4) as e (class_id uuid, until_seq bigint)
    where c.class_id = e.class_id and c.until_seq is null and c.since_seq < e.until_seq
), begun as (
    insert into ci_classes
    select r.* from stepped, jsonb_populate_recordset(null::ci_classes, $5) r
    on conflict (class_id, version) do update set
        since_seq = excluded.since_seq,
        until_seq = excluded.until_seq,
        name = excluded.name,
        label = excluded.label,
        parent_id = excluded.parent_id,
        is_abstract = excluded.is_abstract,
        definition = excluded.definition
)
select applied_through from stepped
