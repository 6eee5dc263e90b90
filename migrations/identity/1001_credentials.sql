-- Who can sign in. Neither history nor a read model: secrets live here, outside the journal and its
-- backups. That a password changed is an event; what it is, or its hash, never.
create schema identity authorization annals_owner;
set local role annals_owner;
grant usage on schema identity to annals_app;

create table identity.credentials (
    person_id     uuid primary key,
    -- Argon2id in PHC form.
    password_hash text not null,
    -- The password serves once: to choose another.
    must_change   boolean not null,
    changed_at    timestamptz not null
);

create table identity.sessions (
    session_id   uuid primary key,
    person_id    uuid not null,
    -- SHA-256 of the one refresh token that is good now.
    refresh_hash bytea not null unique,
    created_at   timestamptz not null,
    expires_at   timestamptz not null
);
create index sessions_of_person on identity.sessions (person_id);

grant select, insert, update on identity.credentials to annals_app;
grant select, insert, update, delete on identity.sessions to annals_app;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
