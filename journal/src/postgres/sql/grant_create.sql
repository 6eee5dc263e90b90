-- The application makes and swaps the schemas of the read models itself.
do $$
begin
    if not has_database_privilege('annals_app', current_database(), 'create') then
        perform pg_advisory_xact_lock(7305514);
        execute format('grant create on database %I to annals_app', current_database());
    end if;
end $$
