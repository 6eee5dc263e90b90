-- Rebuilds: who asked for one, how far it is, what it found. A row outlives the process that works
-- on it, so that another one goes on where it stopped.
set local role annals_owner;

create table read.rebuilds (
    id            uuid primary key default gen_random_uuid(),
    projection    text not null,
    -- Of the tables it makes; another program's cannot go on with them.
    version       integer not null,
    state         text not null
        check (state in ('REQUESTED', 'RUNNING', 'CANCELLED', 'FAILED', 'DONE', 'ROLLED_BACK')),
    -- Somebody wants it to stop.
    cancelling    boolean not null default false,
    workers       smallint not null check (workers between 1 and 64),
    -- Raised with each beginning: whoever worked on it before can write no more.
    attempt       integer not null default 0,
    -- The number of the log up to which both tables are compared, by slot; null: not begun.
    marks         bigint[],
    -- All streams up to this identity are filled.
    filled_to     text collate "C",
    done          bigint not null default 0,
    total         bigint not null default 0,
    -- Events a second.
    rate          double precision not null default 0,
    digest_before text,
    digest_after  text,
    rows          bigint,
    -- What was odd about the tables it replaces, or why it began anew; sentences without data.
    note          text,
    -- Why it failed; a sentence without data.
    error         text,
    requested_by  text not null,
    requested_at  timestamptz not null default clock_timestamp(),
    started_at    timestamptz,
    updated_at    timestamptz not null default clock_timestamp(),
    finished_at   timestamptz
);
grant select, insert, update on read.rebuilds to annals_app;

-- One at a time; and finds what is to be worked on.
create unique index rebuilds_under_way on read.rebuilds (projection)
    where state in ('REQUESTED', 'RUNNING');
-- The newest first.
create index rebuilds_by_time on read.rebuilds (requested_at desc, id desc);

-- What a rebuild replaced stays for a while, to go back to.
alter table read.projections
    add column old_version integer,
    add column replaced_at timestamptz;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
