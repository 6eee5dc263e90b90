-- One row a saved queue.
create table queues (
    queue_id  uuid primary key,
    owner_id  uuid not null,
    unit_id   uuid,
    name      text collate "C" not null,
    sharing   text collate "C" not null,
    -- Filter and order as the API takes them.
    filter    jsonb not null,
    ordering  jsonb not null,
    columns   text[] not null,
    removed   boolean not null,
    version   bigint not null
);
create index queues_of_owner on queues (owner_id) where not removed;
create index queues_of_unit on queues (unit_id) where sharing = 'UNIT' and not removed;
create index queues_of_staff on queues (name) where sharing = 'STAFF' and not removed;
