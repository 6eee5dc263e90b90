-- What becomes of an event that a view cannot apply, and of a view that somebody stops. Not derived
-- from the journal: who decided what about a view, when and why, is kept here.
set local role annals_owner;

alter table read.projections
    add column paused_at         timestamptz,
    add column paused_by         text,
    add column paused_reason     text,
    -- Events a second, as whoever keeps the view has measured lately.
    add column events_per_second double precision not null default 0;

create table read.dead_letters (
    dead_letter_id bigint generated always as identity primary key,
    projection     text not null,
    -- Of the view that could not apply it.
    version        integer not null,
    -- The stream that waits, and its event that could not be applied. Those behind it are found again
    -- in the log: they need no row.
    aggregate_type text collate "C" not null,
    aggregate_id   text collate "C" not null,
    global_seq     bigint not null,
    -- A sentence without data.
    error          text not null,
    attempts       integer not null default 1,
    parked_at      timestamptz not null default clock_timestamp(),
    tried_at       timestamptz not null default clock_timestamp(),
    -- Null while the stream waits.
    resolved_at    timestamptz,
    resolution     text check (resolution in ('RETRIED', 'DISCARDED', 'RESOLVED', 'REBUILT')),
    decided_by     text,
    reason         text,
    check ((resolved_at is null) = (resolution is null))
);
-- A stream waits once. Serves whoever keeps the view, and the count of what waits.
create unique index dead_letters_open
    on read.dead_letters (projection, aggregate_type, aggregate_id) where resolved_at is null;
-- Serves whoever leaves these out.
create index dead_letters_discarded
    on read.dead_letters (projection, global_seq) where resolution = 'DISCARDED';
grant select, insert, update on read.dead_letters to annals_app;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
