-- One row a ticket that ever had a plan: which thresholds of its clocks were recorded as crossed, and
-- when the next one is.
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
    -- In the cycles before this one everything is recorded.
    open_cycle bigint not null,
    -- The earliest crossing that is not recorded, past or to come; null when there is none.
    next_at    timestamptz
);

-- What is due comes first in these, and rows that wait for nothing are in none.
create index sla_timers_due on sla_timers (next_at, ticket_id) where next_at is not null;
-- The same while an import may still tell more of what it brought.
create index sla_timers_due_here on sla_timers (next_at, ticket_id)
    where next_at is not null and not imported;
