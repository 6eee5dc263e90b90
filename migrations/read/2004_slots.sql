-- A view's progress may have several rows, one for each share of its streams that is kept by itself.
-- Views that are there already have one.
set local role annals_app;

do $$
declare
    view text;
begin
    for view in
        select format('%I.progress', n.nspname)
        from pg_namespace n
        join pg_class c on c.relnamespace = n.oid and c.relname = 'progress'
        where n.nspname like 'view\_%'
    loop
        execute format('alter table %s drop column only_row', view);
        execute format('alter table %s add column slot smallint not null default 0', view);
        execute format('alter table %s alter column slot drop default', view);
        execute format('alter table %s add primary key (slot)', view);
    end loop;
end $$;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
