set synchronous_commit = off;
-- A copy of a large table is read for as long as it takes.
set statement_timeout = 0;
-- Nobody analyses temporary tables: a plan made while one was empty would be bad for ever.
set plan_cache_mode = force_generic_plan;
set enable_seqscan = off;
set jit = off;
set temp_buffers = '32MB';
set search_path = {schema}, read;
create table progress (
    only_row        boolean primary key default true check (only_row),
    applied_through bigint not null,
    epoch           bigint not null
);
insert into progress (applied_through, epoch) values (0, 0);
