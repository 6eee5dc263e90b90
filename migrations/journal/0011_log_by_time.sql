-- Which event was the last one recorded by an instant? Numbers follow the time of recording but for
-- what was recorded side by side: what was numbered behind an instant and recorded before it is found
-- by both bounds at once. A coarse index does that and costs a settled event next to nothing.
set local role annals_owner;

create index log_by_time on journal.log using brin (global_seq, recorded_at)
    with (pages_per_range = 32, autosummarize = on);

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
