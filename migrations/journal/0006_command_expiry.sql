-- Answers to commands are kept for 30 days, then forgotten. Nobody may delete one: this function does,
-- with its owner's right, and cannot be asked to forget a younger one.
set local role annals_owner;

-- Commands come in the order of their times: a coarse index finds the old ones and costs an append
-- next to nothing.
create index commands_age on journal.commands using brin (recorded_at)
    with (pages_per_range = 32, autosummarize = on);

create function journal.expire_commands(many integer) returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    with old as (
        select actor, command_id from journal.commands
        where recorded_at < clock_timestamp() - interval '30 days'
        limit many
        for update skip locked
    ), gone as (
        delete from journal.commands c using old o
        where c.actor = o.actor and c.command_id = o.command_id
        returning 1
    )
    select count(*) from gone
$$;

revoke execute on function journal.expire_commands(integer) from public;
grant execute on function journal.expire_commands(integer) to annals_app;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
