-- One row a ticket: everything a list or a detail page needs. All indexes stand before the first
-- row: one made later would hold up settling for as long as it takes.
create table tickets (
    ticket_id          uuid primary key,
    number             text collate "C" not null,
    kind               text collate "C" not null,
    -- Personal texts are clear here, or the word 'erased'.
    title              text not null,
    description        text,
    state              text collate "C" not null,
    -- 1 CRITICAL, 2 HIGH, 3 NORMAL, 4 LOW
    priority           smallint not null,
    impact             text collate "C",
    urgency            text collate "C",
    pending_reason     text collate "C",
    pending_until      timestamptz,
    subject_id         uuid,
    requester_id       uuid not null,
    author_id          uuid not null,
    unit_id            uuid,
    assignee_ids       uuid[] not null,
    holder_id          uuid,
    -- Who held it last; after a resolution, who resolved it.
    last_holder_id     uuid,
    individual         boolean not null,
    merged_into_id     uuid,
    -- How it found those who have it, explained; null when somebody gave it to them.
    routing            jsonb,
    tier               smallint not null,
    external_ref       text collate "C",
    resolution_code    text,
    solution           text,
    created_at         timestamptz not null,
    resolved_at        timestamptz,
    closed_at          timestamptz,
    changed_at         timestamptz not null,
    version            bigint not null,
    reopen_count       integer not null,
    reassignment_count integer not null,
    sla_plan_id        uuid,
    -- What somebody set by hand.
    deadline_at        timestamptz,
    -- What moved its clocks, in order; null as long as it never had a plan.
    course             jsonb,
    -- When its clocks are due if nothing else happens; null while they do not count.
    reaction_due_at       timestamptz,
    work_due_at           timestamptz,
    clock_deadline_due_at timestamptz,
    -- The earliest of these, or what was set by hand; null once it is done.
    due_at             timestamptz,
    -- The first second beyond a limit, past or to come; null likewise.
    breach_at          timestamptz,
    -- 0 as long as somebody has to do something, then 1.
    open_rank          smallint not null,
    -- 0 until it is closed or cancelled, then 1: few of all tickets are at 0.
    over_rank          smallint not null
);

-- Not unique: claims keep numbers unique, and a view must be able to show whatever happened.
create index tickets_number on tickets (number);
create index tickets_external_ref on tickets (external_ref) where external_ref is not null;
-- What somebody has to do with: one small index for each way, which also answers how many there
-- are without a look at the table. Whoever has to do with many walks the list's order instead. What
-- somebody reported stands in the order of its queue, too: a few report very many.
create index tickets_unit on tickets (unit_id, over_rank);
create index tickets_requester on tickets (requester_id, over_rank);
create index tickets_author
    on tickets (author_id, open_rank, coalesce(breach_at, 'infinity'), priority, created_at, ticket_id)
    include (over_rank);
create index tickets_last_holder on tickets (last_holder_id, over_rank)
    where last_holder_id is not null;
create index tickets_holder on tickets (holder_id, over_rank) where holder_id is not null;
create index tickets_sla_plan on tickets (sla_plan_id, over_rank) where sla_plan_id is not null;
create index tickets_assignees on tickets using gin (assignee_ids);
create index tickets_live_assignees on tickets using gin (assignee_ids) where over_rank = 0;
-- Routing asks for those that somebody's deputy got instead.
create index tickets_deputy_of on tickets ((routing ->> 'deputy_of'))
    where routing ->> 'deputy_of' is not null;
-- The queues of daily work, the newest of the most pressing first. With what rights depend on most,
-- so that they are counted without a look at the table.
create index tickets_live_by_arrival
    on tickets (open_rank, priority, created_at desc, ticket_id desc)
    include (unit_id, author_id, requester_id) where over_rank = 0;
-- The same by what is due first: the index of all of them seems dearer to a planner than to sort these.
create index tickets_live_by_due_at
    on tickets (coalesce(due_at, 'infinity'), ticket_id) where over_rank = 0;
-- The same of each unit: by what breaches first, and the newest first.
create index tickets_live_of_unit
    on tickets (unit_id, open_rank, coalesce(breach_at, 'infinity'), priority, created_at, ticket_id)
    where over_rank = 0;
create index tickets_live_of_unit_by_arrival
    on tickets (unit_id, open_rank, priority, created_at desc, ticket_id desc) where over_rank = 0;
-- Those that close by themselves when nobody objects.
create index tickets_resolved on tickets (resolved_at, ticket_id) where state = 'RESOLVED';
-- Those that an edit of a plan or a calendar reaches, one after another.
create index tickets_measured on tickets (ticket_id) where open_rank = 0 and sla_plan_id is not null;
-- One for each order of the list.
create index tickets_by_created_at on tickets (created_at, ticket_id);
create index tickets_by_priority on tickets (priority, ticket_id);
create index tickets_by_number on tickets (lpad(number, 40), ticket_id);
create index tickets_by_changed_at on tickets (changed_at, ticket_id);
create index tickets_by_resolved_at on tickets (coalesce(resolved_at, 'infinity'), ticket_id);
create index tickets_by_closed_at on tickets (coalesce(closed_at, 'infinity'), ticket_id);
create index tickets_by_due_at on tickets (coalesce(due_at, 'infinity'), ticket_id);
create index tickets_by_breach_at on tickets (coalesce(breach_at, 'infinity'), ticket_id);
-- Open ones first, those that breach first, the most pressing first, then the oldest.
create index tickets_by_attention
    on tickets (open_rank, coalesce(breach_at, 'infinity'), priority, created_at, ticket_id);

-- What the ranks say of each other, and the states of both: asked for together they leave more than
-- the planner would think.
create statistics tickets_standing (mcv) on state, open_rank, over_rank from tickets;
