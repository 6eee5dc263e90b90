with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into service_accounts
    select r.* from stepped, jsonb_populate_recordset(null::service_accounts, $4) r
    on conflict (account_id) do update set
        name = excluded.name,
        purpose = excluded.purpose,
        owner_id = excluded.owner_id,
        rights = excluded.rights,
        system = excluded.system,
        tokens = excluded.tokens,
        registered_at = excluded.registered_at,
        retired_at = excluded.retired_at,
        version = excluded.version
)
select applied_through from stepped
