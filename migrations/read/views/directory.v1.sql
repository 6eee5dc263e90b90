-- Who is who, for decisions and rights: kept by the append itself, never behind.
create table directory_people (
    person_id uuid primary key,
    kind      text collate "C" not null,
    role      text collate "C" not null,
    active    boolean not null
);

create table directory_memberships (
    unit_id   uuid not null,
    person_id uuid not null,
    is_head   boolean not null,
    primary key (unit_id, person_id)
);
create index directory_memberships_of on directory_memberships (person_id);

create table directory_units (
    unit_id uuid primary key,
    kind    text collate "C" not null
);

create table directory_subjects (
    subject_id uuid primary key
);
