-- A dump that is restored into another cluster meets transaction numbers that begin again below those
-- its events carry. The sequencer notices by these, and counts on from there.
set local role annals_owner;

alter table journal.sequencer
    -- The cluster whose transactions the cursor counts; null until a sequencer has led in one.
    add column cluster bigint,
    -- The highest transaction of clusters before this one: until the cursor is past it, an event behind
    -- the cursor may have its number already.
    add column former_xid xid8;

reset role;

-- Since when a transaction of somebody else's holds up settling. Where the migrating login may not
-- grant this, the status makes do with the age of the oldest event that waits.
do $$
begin
    if not pg_has_role('annals_app', 'pg_read_all_stats', 'member') then
        grant pg_read_all_stats to annals_app;
    end if;
exception when insufficient_privilege or unique_violation or internal_error then
    -- The last two: another database of this cluster is granting it this moment.
    null;
end $$;
