-- One row an event of what says who may do what: roles, rules, groups, templates, resource types,
-- the policy, each as it was after that event.
create table access_definitions (
    definition_id uuid not null,
    -- The number of its event in the stream.
    version       bigint not null,
    -- The type of the stream.
    noun          text collate "C" not null,
    -- From this event of the log on, and before that one; null: it is so still.
    since_seq     bigint not null,
    until_seq     bigint,
    name          text collate "C" not null,
    -- The name as it is searched.
    words         text collate "C" not null,
    retired       boolean not null,
    -- All of it, as decisions see it; of a group, without its members.
    body          jsonb not null,
    primary key (definition_id, version)
);
-- Lists of a noun by name, today and of any day.
create index access_definitions_current
    on access_definitions (noun, name, definition_id) where until_seq is null;
create index access_definitions_by_name on access_definitions (noun, name, definition_id);
-- When any of a noun changed last.
create index access_definitions_by_time on access_definitions (noun, since_seq);

-- One row a stay in a group of whoever was added to it by name.
create table access_members (
    group_id  uuid not null,
    -- person:<uuid>, service:<uuid> or group:<uuid>.
    member    text collate "C" not null,
    since_seq bigint not null,
    until_seq bigint,
    primary key (group_id, member, since_seq)
);
create index access_members_current on access_members (group_id, member) where until_seq is null;
-- The groups that somebody was added to.
create index access_members_of on access_members (member) where until_seq is null;
