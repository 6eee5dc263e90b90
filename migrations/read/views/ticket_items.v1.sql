-- The items that tickets are about, each for as long as it was so, in numbers of the log.
create table ticket_items (
    ticket_id uuid not null,
    ci_id     uuid not null,
    -- MANUAL, NOT_IMPACTED and SERVICE by hand; COMPUTED: it falls with the manual ones.
    role      text collate "C" not null,
    -- How many relations away from the nearest manual one; 0 of those named by hand.
    depth     smallint not null,
    since_seq bigint not null,
    -- Null: it is so.
    until_seq bigint,
    primary key (ticket_id, ci_id, since_seq)
);
create index ticket_items_now on ticket_items (ticket_id, role, depth, ci_id) where until_seq is null;
create index ticket_items_of on ticket_items (ci_id, ticket_id) where until_seq is null;

-- What was computed last for each ticket.
create table ticket_impacts (
    ticket_id   uuid primary key,
    position    bigint not null,
    digest      text collate "C" not null,
    depth       smallint not null,
    redundancy  boolean not null,
    -- Items of other open incidents that counted as failed.
    context     bigint not null,
    fallen      bigint not null,
    contacts    bigint not null,
    truncated   boolean not null,
    computed_at timestamptz not null
);

-- Each ticket's part in what others reckon with.
create table ticket_lives (
    ticket_id   uuid primary key,
    is_incident boolean not null,
    is_open     boolean not null
);

-- The manual items of open incidents, each for as long as it was one.
create table ticket_failures (
    ticket_id uuid not null,
    ci_id     uuid not null,
    since_seq bigint not null,
    until_seq bigint,
    primary key (ticket_id, ci_id, since_seq)
);
create index ticket_failures_until on ticket_failures (until_seq);
create index ticket_failures_now on ticket_failures (ticket_id) where until_seq is null;
