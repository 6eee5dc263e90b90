-- Which notices people have read. No history, and nothing to rebuild it from: the notices themselves
-- are a read model, but a mark is only here. Marks name an event by its permanent number, so they
-- outlive every rebuild.
set local role annals_owner;

create table identity.notice_marks (
    person_id  uuid not null,
    global_seq bigint not null,
    read_at    timestamptz not null,
    primary key (person_id, global_seq)
);

-- Everything up to this number is read, whether it has a mark of its own or not.
create table identity.notice_marks_through (
    person_id    uuid primary key,
    read_through bigint not null,
    read_at      timestamptz not null
);

grant select, insert on identity.notice_marks to annals_app;
grant select, insert, update on identity.notice_marks_through to annals_app;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
