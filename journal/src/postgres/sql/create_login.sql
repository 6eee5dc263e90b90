-- Inherits nothing: a session acts as one of its roles at a time, as annals_app unless it says
-- otherwise.
do $$
declare
    secret text := current_setting('annals.login_secret');
begin
    perform pg_advisory_xact_lock(7305513);
    if not exists (select from pg_roles where rolname = 'annals_login') then
        execute format('create role annals_login login noinherit password %L', secret);
        grant annals_app, annals_sequencer, annals_keys to annals_login;
        alter role annals_login set role to annals_app;
    end if;
end $$
