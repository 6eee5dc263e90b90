-- One row a calendar, as it was last defined.
create table calendars (
    calendar_id uuid primary key,
    name text collate "C" not null,
    -- When somebody is there.
    hours jsonb not null,
    version bigint not null
);
create index calendars_by_name on calendars (name, calendar_id);
