-- One row a ticket that ever had a plan, or a deadline set by hand: which thresholds of its clocks
-- were recorded as crossed, of what its watchers were reminded, and when the next of all this is.
create table sla_timers (
    ticket_id  uuid primary key,
    -- The number of the ticket's events.
    version    bigint not null,
    -- Whether the newest of these came with an import.
    imported   boolean not null,
    -- What moved its clocks, in order; null when it is not known to have had a plan.
    course     jsonb,
    -- [{"clock": "WORK", "percent": 75, "cycle": 1, "occurred_at": "…", …}], in the order recorded.
    recorded   jsonb not null,
    -- {"deadline_at": "…", "since": "…", "measured": false, "told": ["near"]}; null when nobody set one.
    by_hand    jsonb,
    -- In the cycles before this one everything is recorded.
    open_cycle bigint not null,
    -- The earliest of them that is not recorded, past or to come; null when there is none.
    next_at    timestamptz
);

-- What is due comes first in these, and rows that wait for nothing are in none.
create index sla_timers_due on sla_timers (next_at, ticket_id) where next_at is not null;
-- The same while an import may still tell more of what it brought.
create index sla_timers_due_here on sla_timers (next_at, ticket_id)
    where next_at is not null and not imported;
