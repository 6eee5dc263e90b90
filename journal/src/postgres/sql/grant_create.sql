-- The application makes and swaps the schemas of the read models itself, and may see that there is
-- nothing left to migrate.
do $$
begin
    if not has_database_privilege('annals_app', current_database(), 'create') then
        perform pg_advisory_xact_lock(7305514);
        grant select on public._sqlx_migrations to annals_app;
        execute format('grant create on database %I to annals_app', current_database());
    end if;
end $$
