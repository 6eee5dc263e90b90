-- Decisions on rights that were denied, or on which much depends: for those who watch over access. No
-- history: what happened is in the journal, with whoever did it; here is what was tried. No names and
-- no texts, only identities and codes.
set local role annals_owner;

create table identity.decisions (
    decision_id    bigint generated always as identity primary key,
    -- The first and the last time, and how often in between: the same again within seconds is one row.
    decided_at     timestamptz not null,
    last_at        timestamptz not null,
    times          integer not null check (times > 0),
    actor          text not null,
    action         text not null,
    stream_id      uuid,
    allowed        boolean not null,
    reason         text,
    grants         uuid[] not null,
    -- Of the rules it was decided under.
    revision       bigint not null,
    correlation_id uuid not null
);
-- Serves: what somebody tried, the newest first.
create index decisions_of_actor on identity.decisions (actor, decision_id desc);
-- Serves: what was denied, the newest first.
create index decisions_denied on identity.decisions (decision_id desc) where not allowed;
-- Serves: a period, and forgetting.
create index decisions_by_time on identity.decisions (decided_at);

grant select, insert, delete on identity.decisions to annals_app;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
