-- The history. The first seven columns, by name, are the table contract of postgres-es 0.5: its
-- stock store reads and writes this table. The rest fill themselves.
set local role annals_owner;

create table journal.events (
    aggregate_type text collate "C" not null,
    aggregate_id   text collate "C" not null,
    sequence       bigint not null check (sequence >= 1),
    event_type     text collate "C" not null,
    event_version  text collate "C" not null,
    -- json, not jsonb: the leaf hashes the text exactly as it was stored.
    payload        json not null,
    metadata       json not null,
    position       bigint generated always as identity,
    xid            xid8 not null default pg_current_xact_id(),
    recorded_at    timestamptz not null default clock_timestamp(),
    -- Keeps low-entropy events unguessable from their leaf.
    salt           bytea not null default uuid_send(gen_random_uuid()) check (octet_length(salt) = 16),
    primary key (aggregate_type, aggregate_id, sequence),
    -- Personal data come sealed or not at all, whoever writes.
    constraint events_personal_data_sealed check (strpos(payload::text, '"$personal":') = 0)
) with (fillfactor = 100);

-- Serves the sequencer: settled rows in (xid, position) order.
create index events_settle on journal.events (xid, position);

-- The settled order: dense, gapless, permanent; one Merkle leaf an event.
create table journal.log (
    global_seq     bigint primary key check (global_seq >= 1),
    aggregate_type text collate "C" not null,
    aggregate_id   text collate "C" not null,
    sequence       bigint not null,
    event_type     text collate "C" not null,
    recorded_at    timestamptz not null,
    leaf           bytea not null check (octet_length(leaf) = 32),
    constraint log_once unique (aggregate_type, aggregate_id, sequence)
) with (fillfactor = 100);

-- One row: how far the sequencer has come. `epoch` fences off a leader that lost its lock.
create table journal.sequencer (
    only_row        boolean primary key default true check (only_row),
    -- Random, made once: no two deployments share a leaf.
    origin          text not null,
    epoch           bigint not null default 0,
    tree_size       bigint not null default 0,
    -- Roots of the perfect subtrees of the tree, left to right, 32 bytes each.
    frontier        bytea not null default ''::bytea,
    cursor_xid      xid8 not null default '0'::xid8,
    cursor_position bigint not null default 0
);
insert into journal.sequencer (origin) values ('annals/' || gen_random_uuid());

-- What was answered to a command: a repeated one gets the same answer.
create table journal.commands (
    actor       text collate "C" not null,
    command_id  uuid not null,
    input_hash  bytea not null,
    -- Streams with their versions; never a text.
    outcome     jsonb not null,
    xid         xid8 not null default pg_current_xact_id(),
    recorded_at timestamptz not null default clock_timestamp(),
    constraint commands_once primary key (actor, command_id)
);

-- Set-wide uniqueness, held and released with the events that need it.
create table journal.claims (
    scope          text collate "C" not null,
    key            text collate "C" not null,
    aggregate_type text collate "C" not null,
    aggregate_id   text collate "C" not null,
    constraint claims_once primary key (scope, key)
);

-- Numbers for people. Gaps are allowed, so that opening never queues on a counter row.
create sequence journal.ticket_number;

grant select, insert on journal.events, journal.commands to annals_app;
grant select on journal.log, journal.sequencer to annals_app;
grant select, insert, delete on journal.claims to annals_app;
grant usage on sequence journal.ticket_number to annals_app;
grant select on journal.events to annals_sequencer;
grant select, insert on journal.log to annals_sequencer;
grant select, update on journal.sequencer to annals_sequencer;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
