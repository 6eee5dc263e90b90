-- One row a ticket between two of its events: by what lists are asked for and ordered. The texts that
-- people wrote are not here.
create table ticket_states (
    ticket_id          uuid not null,
    -- From this event of the log on, and before that one; null: it is so now.
    since_seq          bigint not null,
    until_seq          bigint,
    number             text collate "C" not null,
    kind               text collate "C" not null,
    state              text collate "C" not null,
    -- 1 CRITICAL, 2 HIGH, 3 NORMAL, 4 LOW
    priority           smallint not null,
    impact             text collate "C",
    urgency            text collate "C",
    subject_id         uuid,
    requester_id       uuid not null,
    author_id          uuid not null,
    unit_id            uuid,
    assignee_ids       uuid[] not null,
    holder_id          uuid,
    merged_into_id     uuid,
    tier               smallint not null,
    external_ref       text collate "C",
    created_at         timestamptz not null,
    resolved_at        timestamptz,
    closed_at          timestamptz,
    changed_at         timestamptz not null,
    reopen_count       integer not null,
    reassignment_count integer not null,
    sla_plan_id        uuid,
    deadline_at        timestamptz,
    -- As its clocks said then, if nothing else had happened.
    due_at             timestamptz,
    breach_at          timestamptz,
    -- 0 as long as somebody had to do something, then 1.
    open_rank          smallint not null,
    -- 0 until it was closed or cancelled, then 1.
    over_rank          smallint not null,
    primary key (ticket_id, since_seq)
);
-- Serves: how all stood behind an event. The queues of daily work have a small one of their own.
create index ticket_states_then on ticket_states using gist (int8range(since_seq, until_seq));
create index ticket_states_live_then on ticket_states using gist (int8range(since_seq, until_seq))
    where over_rank = 0;

-- What the next event of a ticket goes on from, without its texts.
create table ticket_states_last (
    ticket_id uuid primary key,
    since_seq bigint not null,
    state     jsonb not null
);
