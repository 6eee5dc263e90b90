-- A line of a file of commands is recognised by the answer to its command, however late the file is
-- imported again: the answers to the import are kept for good. All others are forgotten as before.
set local role annals_owner;

create or replace function journal.expire_commands(many integer) returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    with old as (
        select actor, command_id from journal.commands
        where recorded_at < clock_timestamp() - interval '30 days' and actor <> 'import'
        limit many
        for update skip locked
    ), gone as (
        delete from journal.commands c using old o
        where c.actor = o.actor and c.command_id = o.command_id
        returning 1
    )
    select count(*) from gone
$$;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
