-- One row a ticket that somebody watches, or has watched.
create table watchers (
    ticket_id   uuid primary key,
    watcher_ids uuid[] not null,
    version     bigint not null
);
create index watchers_people on watchers using gin (watcher_ids);
