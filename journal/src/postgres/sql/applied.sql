-- Fails where nothing was ever applied.
select array(select version from public._sqlx_migrations where success) as versions,
       has_database_privilege('annals_app', current_database(), 'create') as granted
