-- The keys that seal personal data, each wrapped by a key outside the database. Destroying a row's
-- `wrapped` erases every text of its subject, for ever. Own schema and role: event backups leave it out.
set local role annals_owner;

create table vault.subject_keys (
    key_id       uuid primary key,
    subject      text collate "C" not null unique,
    wrapped      bytea,
    created_at   timestamptz not null default clock_timestamp(),
    destroyed_at timestamptz,
    check ((wrapped is null) = (destroyed_at is not null))
);

grant select, insert, update on vault.subject_keys to annals_keys;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
