with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), ended as (
    -- What a batch says anew is so no longer; what is in the batch itself says so already.
    update access_definitions d set until_seq = e.until_seq
    from stepped, jsonb_to_recordset($4) as e (definition_id uuid, until_seq bigint)
    where d.definition_id = e.definition_id and d.until_seq is null and d.since_seq < e.until_seq
), begun as (
    insert into access_definitions
    select r.* from stepped, jsonb_populate_recordset(null::access_definitions, $5) r
    on conflict (definition_id, version) do update set
        noun = excluded.noun,
        since_seq = excluded.since_seq,
        until_seq = excluded.until_seq,
        name = excluded.name,
        words = excluded.words,
        retired = excluded.retired,
        body = excluded.body
), gone as (
    update access_members m set until_seq = l.until_seq
    from stepped, jsonb_to_recordset($6) as l (group_id uuid, member text, until_seq bigint)
    where m.group_id = l.group_id and m.member = l.member
      and m.until_seq is null and m.since_seq < l.until_seq
), come as (
    insert into access_members
    select s.* from stepped, jsonb_populate_recordset(null::access_members, $7) s
    on conflict (group_id, member, since_seq) do update set until_seq = excluded.until_seq
)
select applied_through from stepped
