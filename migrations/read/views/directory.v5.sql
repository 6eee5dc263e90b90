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

-- What rights follow from for everybody, by its noun and stream: roles, rules, groups, programs.
create table directory_rules (
    rule  text collate "C" primary key,
    state jsonb not null
);

create table directory_members (
    group_id  uuid not null,
    -- As subjects of access are written.
    member    text collate "C" not null,
    -- False once it was removed.
    is_member boolean not null,
    primary key (group_id, member)
);

-- What subjects of access have: one row `access` each, one a grant and one an exception.
create table directory_holdings (
    subject_id uuid not null,
    holding    text collate "C" not null,
    state      jsonb not null,
    primary key (subject_id, holding)
);
-- Who has a role, and who has permissions by themselves.
create index directory_holdings_role on directory_holdings ((state -> 'what' ->> 'role'))
where state -> 'what' ->> 'role' is not null;
create index directory_holdings_direct on directory_holdings (subject_id)
where state -> 'what' -> 'entry' is not null;
-- Who has something by a rule that grants by itself.
create index directory_holdings_ruled on directory_holdings ((state ->> 'rule'))
where state ->> 'rule' is not null;
-- Who acts in others' places.
create index directory_holdings_lent on directory_holdings (subject_id)
where state ->> 'delegated_by' is not null;
-- What groups have counts for their members.
create index directory_holdings_groups on directory_holdings (subject_id)
where state ->> 'subject' like 'group:%';

-- What was asked for, as far as duties depend on it.
create table directory_requests (
    request_id uuid primary key,
    state      jsonb not null
);
create index directory_requests_for on directory_requests ((state ->> 'beneficiary'))
where state ->> 'open' = 'true';
