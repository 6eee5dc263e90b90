-- What the files of tickets hold. That a file belongs to a ticket is an event; the bytes are not:
-- they would swell every backup of the history. Sealed under the author's data key, so that they are
-- erased together with the author's words. Nothing here can be rebuilt from the journal.
set local role annals_owner;

create table identity.attachments (
    attachment_id uuid primary key,
    ticket_id     uuid not null,
    -- The data key in the vault that opens it.
    key_id        uuid not null,
    -- Of the bytes before they were sealed.
    sha256        bytea not null check (octet_length(sha256) = 32),
    content       bytea not null,
    created_at    timestamptz not null,
    -- Whether its event is known to stand in the journal.
    kept          boolean not null default false
);
-- Ciphertext does not compress.
alter table identity.attachments alter column content set storage external;
-- Serves: sweeping away what never became an attachment.
create index attachments_unkept on identity.attachments (created_at) where not kept;

grant select, insert, update, delete on identity.attachments to annals_app;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
