-- One row a unit, with its people.
create table units (
    unit_id    uuid primary key,
    name       text collate "C" not null,
    kind       text collate "C" not null,
    parent_id  uuid,
    people_ids uuid[] not null,
    head_ids   uuid[] not null,
    lead_id    uuid,
    routing    text collate "C" not null,
    closed     boolean not null,
    -- For which classes of actions grants from above end at it; a list.
    barrier    jsonb not null,
    created_at timestamptz not null,
    version    bigint not null,
    -- The name in lower case.
    searched   text collate "C" not null
);
create index units_by_name on units (name, unit_id);
-- The units a person belongs to.
create index units_of on units using gin (people_ids);
