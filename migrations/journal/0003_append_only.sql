-- History is added to, never changed: not by the owner, not by a replication role.
set local role annals_owner;

create function journal.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'journal.% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger events_append_only before update or delete or truncate on journal.events
    for each statement execute function journal.refuse_change();
create trigger log_append_only before update or delete or truncate on journal.log
    for each statement execute function journal.refuse_change();

alter table journal.events enable always trigger events_append_only;
alter table journal.log enable always trigger log_append_only;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
