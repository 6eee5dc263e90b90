-- One row a macro.
create table macros (
    macro_id uuid primary key,
    name     text collate "C" not null,
    unit_id  uuid,
    steps    jsonb not null,
    retired  boolean not null,
    version  bigint not null
);
create index macros_by_name on macros (name, macro_id);
