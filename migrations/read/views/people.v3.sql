-- One row a person. Personal texts are clear here, or the word 'erased'.
create table people (
    person_id       uuid primary key,
    login           text not null,
    name            text collate "C" not null,
    email           text,
    phone           text,
    kind            text collate "C" not null,
    role            text collate "C" not null,
    life            text collate "C" not null,
    organization_id uuid,
    position        text collate "C",
    language        text collate "C",
    -- {"network": {"level": 3, "certified_until": null}}
    skills          jsonb not null,
    tier            smallint,
    deputy_id       uuid,
    away_from       date,
    away_until      date,
    -- Whose second account it is.
    human_id        uuid,
    registered_at   timestamptz not null,
    version         bigint not null,
    -- Name, login, e-mail address and telephone number in lower case, a line each.
    searched        text collate "C" not null
);
create index people_by_name on people (name, person_id);
create index people_by_organization on people (organization_id) where organization_id is not null;
create index people_by_position on people (position) where position is not null;
create index people_by_skill on people using gin (skills);
create index people_searched on people using gin (searched gin_trgm_ops);
