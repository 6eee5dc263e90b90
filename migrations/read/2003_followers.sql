-- How far each follower of the log is: background work that draws consequences from events. Unlike a
-- projection it keeps no tables; what it does again after a crash it has done already, by the same
-- command ids.
set local role annals_owner;

create table read.followers (
    name         text primary key,
    -- The number of the last event whose consequences are all drawn.
    done_through bigint not null
);
grant select, insert, update on read.followers to annals_app;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
