-- One row an event: who did what to which aggregate, when, why, and what changed by it.
create table timeline (
    global_seq     bigint primary key,
    aggregate_type text collate "C" not null,
    aggregate_id   uuid not null,
    sequence       bigint not null,
    event_type     text collate "C" not null,
    occurred_at    timestamptz not null,
    recorded_at    timestamptz not null,
    actor          text collate "C" not null,
    on_behalf_of   uuid,
    source         text collate "C" not null,
    -- Personal: clear here, or the word 'erased'.
    reason         text,
    -- [{"field":…,"from":…,"to":…}]
    changes        jsonb not null,
    command_id     uuid not null,
    correlation_id uuid not null,
    causation_id   uuid
);
create index timeline_of on timeline (aggregate_id, global_seq);
create index timeline_by_type on timeline (event_type, global_seq);
create index timeline_by_actor on timeline (actor, global_seq);
create index timeline_by_time on timeline (recorded_at, global_seq);
create index timeline_by_occurrence on timeline (occurred_at, global_seq);
create index timeline_by_request on timeline (correlation_id, global_seq);

-- What each aggregate looks like after its last event, to tell the next change from.
create table timeline_streams (
    aggregate_type text collate "C" not null,
    aggregate_id   uuid not null,
    state          jsonb not null,
    primary key (aggregate_id, aggregate_type)
);
