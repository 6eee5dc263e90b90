set synchronous_commit = off;
set search_path = pg_temp, read;
create table progress (
    only_row        boolean primary key default true check (only_row),
    applied_through bigint not null,
    epoch           bigint not null
);
insert into progress (applied_through, epoch) values (0, 0);
