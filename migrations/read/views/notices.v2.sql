-- One row an event, recipient and channel: who is told what, and by which way.
create table outbox (
    global_seq   bigint not null,
    recipient_id uuid not null,
    channel      text collate "C" not null,
    -- About which ticket, or about which access request.
    ticket_id    uuid,
    request_id   uuid,
    kind         text collate "C" not null,
    -- Null: nobody did it by hand.
    actor_id     uuid,
    occurred_at  timestamptz not null,
    comment_id   uuid,
    primary key (global_seq, recipient_id, channel),
    constraint outbox_about_one check (num_nonnulls(ticket_id, request_id) = 1)
);
-- A person's notices, in either direction, and how many there are.
create index outbox_of on outbox (recipient_id, global_seq);

-- What the recipients of the next event follow from. Nobody else reads these.
create table notice_people (
    person_id uuid primary key,
    kind      text collate "C" not null,
    role      text collate "C" not null,
    life      text collate "C" not null
);

create table notice_units (
    unit_id   uuid primary key,
    parent_id uuid,
    people    uuid[] not null,
    heads     uuid[] not null
);
-- The units a person belongs to.
create index notice_units_of on notice_units using gin (people);

create table notice_tickets (
    ticket_id         uuid primary key,
    author_id         uuid,
    requester_id      uuid,
    unit_id           uuid,
    assignee_ids      uuid[] not null,
    holder_id         uuid,
    last_holder_id    uuid,
    commenter_ids     uuid[] not null,
    last_commenter_id uuid,
    watcher_ids       uuid[] not null
);

-- Those that something may still come of.
create table notice_requests (
    request_id uuid primary key,
    -- Who asked for more last. Null: nobody.
    asker_id   uuid,
    -- As decisions see it, without what is personal.
    told       jsonb not null
);

create table notice_settings (
    stream_id        uuid primary key,
    dispatch_unit_id uuid,
    to_assignees     boolean not null
);
