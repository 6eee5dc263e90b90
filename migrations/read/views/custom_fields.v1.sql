-- One row a custom field.
create table custom_fields (
    field_id       uuid primary key,
    name           text collate "C" not null,
    kinds          text[] collate "C" not null,
    form           text collate "C" not null,
    choices        text[] not null,
    client_visible boolean not null,
    retired        boolean not null,
    version        bigint not null
);
create index custom_fields_by_name on custom_fields (name, field_id);
