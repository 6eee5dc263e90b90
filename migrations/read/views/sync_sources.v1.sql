-- One row a source, as it was last defined, and when it last ran.
create table sync_sources (
    source_id          uuid primary key,
    name               text collate "C" not null,
    rank               integer not null,
    -- All that it is said to be.
    definition         jsonb not null,
    runs               bigint not null,
    last_run_at        timestamptz,
    -- The run before that one.
    earlier_run_at     timestamptz,
    -- What the last run came to.
    last_run           jsonb,
    -- When it last sent all that it has.
    complete_at        timestamptz,
    version            bigint not null
);
create index sync_sources_by_name on sync_sources (name, source_id);
