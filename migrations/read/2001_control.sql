-- The read side's bookkeeping. Each projection's tables stand in a schema of their own,
-- view_<name>, made from read/views/<name>.v<version>.sql; all of it can be rebuilt from the log.
create schema read authorization annals_owner;
set local role annals_owner;
grant usage on schema read to annals_app;

create table read.projections (
    name       text primary key,
    version    integer not null,
    -- Raised by whoever takes the lease; compared with each write.
    epoch      bigint not null default 0,
    -- The last failure, a sentence without data; null while all is well.
    last_error text,
    failed_at  timestamptz
);
grant select, insert, update on read.projections to annals_app;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
