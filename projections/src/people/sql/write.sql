with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into people
    select r.* from stepped, jsonb_populate_recordset(null::people, $4) r
    on conflict (person_id) do update set
        login = excluded.login,
        name = excluded.name,
        email = excluded.email,
        phone = excluded.phone,
        kind = excluded.kind,
        role = excluded.role,
        life = excluded.life,
        organization_id = excluded.organization_id,
        position = excluded.position,
        language = excluded.language,
        skills = excluded.skills,
        tier = excluded.tier,
        deputy_id = excluded.deputy_id,
        away_from = excluded.away_from,
        away_until = excluded.away_until,
        human_id = excluded.human_id,
        registered_at = excluded.registered_at,
        version = excluded.version,
        searched = excluded.searched
)
select applied_through from stepped
