-- One row a subject, with how its tickets start.
create table subjects (
    subject_id uuid primary key,
    name       text collate "C" not null,
    unit_id    uuid,
    priority   text collate "C",
    skill      text collate "C",
    tier       smallint,
    sla_plan_id uuid,
    retired    boolean not null,
    version    bigint not null,
    -- The name in lower case.
    searched   text collate "C" not null
);
create index subjects_by_name on subjects (name, subject_id);
