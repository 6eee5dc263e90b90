-- One row a ticket: what reports ask for, folded, and what of it they choose by. Nothing personal.
create table cases (
    ticket_id           uuid primary key,
    -- OPEN, SOLVED, CANCELLED, MERGED
    outcome             text collate "C" not null,
    opened_at           timestamptz not null,
    author_id           uuid not null,
    -- For whom it was opened.
    opened_unit_id      uuid,
    opened_assignee_ids uuid[] not null,
    -- Its last resolution; null while it is not solved.
    resolved_at         timestamptz,
    -- Null: Annals itself.
    resolver_id         uuid,
    -- The unit that had it then.
    resolved_unit_id    uuid,
    changed_at          timestamptz not null,
    -- Whose it is to do now.
    unit_id             uuid,
    assignee_ids        uuid[] not null,
    -- Every unit that ever had it, and everybody who ever had to do with it at work.
    unit_ids            uuid[] not null,
    person_ids          uuid[] not null,
    -- What became of it so far.
    told                jsonb not null
);
-- One for each part of a unit's report: by who it belongs to, then by when.
create index cases_by_author on cases (author_id, opened_at);
create index cases_by_unit_opened on cases (opened_unit_id, opened_at)
    where opened_assignee_ids = '{}';
create index cases_by_resolver on cases (resolver_id, resolved_at) where resolver_id is not null;
create index cases_by_unit_resolved on cases (resolved_unit_id, resolved_at)
    where resolver_id is null and resolved_unit_id is not null;
create index cases_open_of_unit on cases (unit_id, changed_at) where outcome = 'OPEN';
-- For key figures, and for what was given to people.
create index cases_by_changed_at on cases (changed_at);
create index cases_by_opened_at on cases (opened_at);
create index cases_units on cases using gin (unit_ids);
create index cases_people on cases using gin (person_ids);
