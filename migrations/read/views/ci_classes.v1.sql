-- One row a definition of a class of items: the one in force, and those before it.
create table ci_classes (
    class_id    uuid not null,
    -- The number of its event in the stream.
    version     bigint not null,
    -- From this event of the log on, and before that one; null: it is in force.
    since_seq   bigint not null,
    until_seq   bigint,
    name        text collate "C" not null,
    label       text not null,
    parent_id   uuid,
    is_abstract boolean not null,
    -- What it says, with all of the above.
    definition  jsonb not null,
    primary key (class_id, version)
);
create index ci_classes_current on ci_classes (class_id) where until_seq is null;
create index ci_classes_by_name on ci_classes (name, class_id) where until_seq is null;
-- When any class was defined last.
create index ci_classes_by_time on ci_classes (since_seq);
