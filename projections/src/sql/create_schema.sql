create schema {schema};
-- The trigram indexes need what stands in read.
set local search_path = {schema}, read;
create table progress (
    only_row        boolean primary key default true check (only_row),
    applied_through bigint not null,
    -- The lease: whoever writes has to know it. Zero: a rebuild's.
    epoch           bigint not null
);
insert into progress (applied_through, epoch) values (0, 0);
