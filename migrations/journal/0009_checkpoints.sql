-- What was signed of the log, size by size: a copy of the checkpoint file, which stands outside the
-- database and is the one that counts. Serves who asks the server, and a server that takes over.
set local role annals_owner;

create table journal.checkpoints (
    size        bigint primary key check (size >= 1),
    root        bytea not null check (octet_length(root) = 32),
    -- The signed note, as the checkpoint file holds it.
    note        text not null check (octet_length(note) <= 1048576),
    recorded_at timestamptz not null default clock_timestamp()
) with (fillfactor = 100);

create trigger checkpoints_append_only before update or delete or truncate on journal.checkpoints
    for each statement execute function journal.refuse_change();
alter table journal.checkpoints enable always trigger checkpoints_append_only;

grant select on journal.checkpoints to annals_app;
grant select, insert on journal.checkpoints to annals_sequencer;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
