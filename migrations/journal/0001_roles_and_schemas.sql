-- Roles are the first line of defence: the server works as annals_app, which may add to the journal
-- and read it, nothing else. Nobody logs in as the owner; the deployment's login is a member of all.
-- Roles belong to the whole cluster, so they may exist already.
do $$
declare r text;
begin
    foreach r in array array['annals_owner', 'annals_app', 'annals_sequencer', 'annals_keys'] loop
        begin
            execute format('create role %I nologin', r);
        exception when duplicate_object or unique_violation then null;
        end;
    end loop;
    -- Whoever migrates acts as the owner below, and the same login later as the others.
    if not (select rolsuper from pg_roles where rolname = current_user) then
        execute format(
            'grant annals_owner, annals_app, annals_sequencer, annals_keys to %I', current_user
        );
    end if;
end $$;

create schema journal authorization annals_owner;
create schema vault authorization annals_owner;

set local role annals_owner;

grant usage on schema journal to annals_app, annals_sequencer;
grant usage on schema vault to annals_keys;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
