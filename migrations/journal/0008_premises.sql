-- What decisions lean on beside the streams they change: whose rights may have shrunk, how often. An
-- append holds the premises of its decision until it is committed, and nobody moves one meanwhile:
-- what is taken away binds from its commit on, on every node, and history shows it in that order.
set local role annals_owner;

create table journal.premises (
    name    text collate "C" primary key check (length(name) <= 64),
    -- How often it was moved; what was never moved has no row.
    version bigint not null check (version >= 1)
);

-- Locks are by the names' hashes: two names with the same one merely wait for each other. In the order
-- of the names, so that two who take several do not wait in a circle. Exclusive: for who moves them.
-- Whoever does so takes the locks first, in a statement of its own: what it writes has a later
-- transaction number than all that was decided before.
create function journal.lock_premises(names text[]) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
    perform pg_advisory_xact_lock(7305515, hashtext(n.name))
    from (select u.name from unnest(names) as u (name) order by u.name) n;
end $$;

create function journal.move_premises(names text[]) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    insert into journal.premises (name, version)
    select u.name, 1 from unnest(names) as u (name) order by u.name
    on conflict (name) do update set version = journal.premises.version + 1
$$;

-- True if all of them stand where they stood; an error ends the statement otherwise. The second
-- statement sees what was committed while the first one waited.
create function journal.hold_premises(names text[], versions bigint[]) returns boolean
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
    perform pg_advisory_xact_lock_shared(7305515, hashtext(n.name))
    from (select u.name from unnest(names) as u (name) order by u.name) n;
    if exists (
        select from unnest(names, versions) as w (name, version)
        left join journal.premises p on p.name = w.name
        where coalesce(p.version, 0) <> w.version
    ) then
        raise exception 'a premise has moved' using errcode = 'AN001';
    end if;
    return true;
end $$;

grant select on journal.premises to annals_app;
revoke execute on function journal.lock_premises(text[]), journal.move_premises(text[]),
    journal.hold_premises(text[], bigint[]) from public;
grant execute on function journal.lock_premises(text[]), journal.move_premises(text[]),
    journal.hold_premises(text[], bigint[]) to annals_app;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
