-- One row a baseline: which moment of the log it names.
create table baselines (
    baseline_id  uuid primary key,
    name         text collate "C" not null,
    -- After the event of the log with this number.
    position     bigint not null,
    note         text collate "C",
    named_at     timestamptz not null,
    withdrawn_at timestamptz,
    version      bigint not null
);
create index baselines_by_position on baselines (position, baseline_id);
