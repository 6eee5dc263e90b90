-- One row a subject.
create table subjects (
    subject_id uuid primary key,
    name       text collate "C" not null
);
create index subjects_by_name on subjects (name, subject_id);
