-- One row a recurrence, as it was last defined, and how far it is seen to.
create table recurrences (
    recurrence_id  uuid primary key,
    name           text collate "C" not null,
    -- What is opened when, with its name.
    definition     jsonb not null,
    stopped        boolean not null,
    seen_to        timestamptz not null,
    -- The ticket that was opened last.
    last_ticket_id uuid,
    version        bigint not null
);
create index recurrences_by_name on recurrences (name, recurrence_id);
