-- $4 states that are over, $5 states that began, $6 relations that are over, $7 that began.
with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), ended as (
    update cis c set until_seq = e.until_seq
    from stepped, jsonb_to_recordset($4) as e (ci_id uuid, since_seq bigint, until_seq bigint)
    where c.ci_id = e.ci_id and c.since_seq = e.since_seq
), begun as (
    insert into cis
    select r.* from stepped, jsonb_populate_recordset(null::cis, $5) r
    on conflict (ci_id, since_seq) do update set
        until_seq = excluded.until_seq,
        class_id = excluded.class_id,
        name = excluded.name,
        organization_id = excluded.organization_id,
        status = excluded.status,
        attributes = excluded.attributes,
        given = excluded.given,
        life = excluded.life,
        merged_into = excluded.merged_into,
        missing = excluded.missing,
        alike = excluded.alike,
        apart = excluded.apart,
        registered_at = excluded.registered_at,
        changed_at = excluded.changed_at,
        version = excluded.version,
        searched = excluded.searched,
        redundancy = excluded.redundancy
), parted as (
    update ci_relations r set until_seq = e.until_seq, until = e.until
    from stepped,
        jsonb_to_recordset($6) as e (
            from_id uuid, relation text, to_id uuid, until_seq bigint, until timestamptz
        )
    where r.from_id = e.from_id and r.relation = e.relation and r.to_id = e.to_id
      and r.until_seq is null and r.since_seq < e.until_seq
), related as (
    insert into ci_relations
    select r.* from stepped, jsonb_populate_recordset(null::ci_relations, $7) r
    on conflict (from_id, relation, to_id, since_seq) do update set
        until_seq = excluded.until_seq,
        source = excluded.source,
        since = excluded.since,
        until = excluded.until
)
select applied_through from stepped
