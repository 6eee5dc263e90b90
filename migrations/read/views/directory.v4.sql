-- Who is who, for decisions and rights: kept by the append itself, never behind. What is known of
-- each stands in `state`, a JSON object that later events add to; nothing personal is in it.
create table directory_people (
    person_id uuid primary key,
    state     jsonb not null
);
-- Whose organisation: whom a group lead speaks for.
create index directory_people_of on directory_people ((state ->> 'organization'))
where state ->> 'organization' is not null;

create table directory_memberships (
    unit_id   uuid not null,
    person_id uuid not null,
    -- False once the person has left.
    member    boolean not null,
    is_head   boolean not null,
    primary key (unit_id, person_id)
);
create index directory_memberships_of on directory_memberships (person_id);

create table directory_units (
    unit_id uuid primary key,
    state   jsonb not null
);
create index directory_units_in on directory_units ((state ->> 'parent'))
where state ->> 'parent' is not null;
create index directory_units_led on directory_units ((state ->> 'lead'))
where state ->> 'lead' is not null;

create table directory_subjects (
    subject_id uuid primary key,
    state      jsonb not null
);

create table directory_fields (
    field_id uuid primary key,
    state    jsonb not null
);

-- The latest version of each calendar.
create table directory_calendars (
    calendar_id uuid primary key,
    state       jsonb not null
);

-- The latest version of each service level plan.
create table directory_plans (
    plan_id uuid primary key,
    state   jsonb not null
);

-- The latest version of each class of configuration items.
create table directory_ci_classes (
    class_id uuid primary key,
    state    jsonb not null
);

-- One row: the settings in force.
create table directory_settings (
    settings_id uuid primary key,
    state       jsonb not null
);
