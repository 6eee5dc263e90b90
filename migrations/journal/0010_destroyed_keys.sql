-- A key that was destroyed stays destroyed: its row remains, as a tombstone, so that none is ever made
-- again for its subject, and whoever has the key in memory hears of it.
set local role annals_owner;

-- Doomed first, destroyed then: in between, its identity is written down outside the database. A live
-- key that stands there and is not doomed tells of a database that was restored from before.
alter table vault.subject_keys add column doomed_at timestamptz;

-- One row: how often a key was doomed or destroyed. Whoever keeps keys in memory asks for it.
create table vault.destructions (
    only_row boolean primary key default true check (only_row),
    moved    bigint not null default 0
);
insert into vault.destructions default values;

create function vault.keep_tombstones() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op <> 'UPDATE' then
        raise exception 'keys are never deleted' using errcode = 'insufficient_privilege';
    end if;
    if (new.key_id, new.subject) is distinct from (old.key_id, old.subject)
        or old.wrapped is null
            and (new.wrapped is not null or new.destroyed_at is distinct from old.destroyed_at)
        or old.doomed_at is not null and new.doomed_at is distinct from old.doomed_at
    then
        raise exception 'a key that was destroyed stays destroyed'
            using errcode = 'insufficient_privilege';
    end if;
    if new.wrapped is null and old.wrapped is not null
        or new.doomed_at is distinct from old.doomed_at
    then
        update vault.destructions set moved = moved + 1;
    end if;
    return new;
end $$;

create trigger subject_keys_tombstones before update on vault.subject_keys
    for each row execute function vault.keep_tombstones();
create trigger subject_keys_stay before delete or truncate on vault.subject_keys
    for each statement execute function vault.keep_tombstones();

alter table vault.subject_keys enable always trigger subject_keys_tombstones;
alter table vault.subject_keys enable always trigger subject_keys_stay;

grant select on vault.destructions to annals_keys;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
