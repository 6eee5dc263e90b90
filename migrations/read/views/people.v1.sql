-- One row a person. Personal texts are clear here, or the word 'erased'.
create table people (
    person_id       uuid primary key,
    login           text not null,
    name            text collate "C" not null,
    email           text,
    phone           text,
    kind            text collate "C" not null,
    role            text collate "C" not null,
    organization_id uuid,
    registered_at   timestamptz not null,
    version         bigint not null
);
create index people_by_name on people (name, person_id);
