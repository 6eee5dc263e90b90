-- Tables for the references: as the journal's own are today, with their indexes and triggers.
create schema bench;
create table bench.events (like journal.events including all);
create table bench.commands (like journal.commands including all);
create table bench.claims (like journal.claims including all);
do $$
declare t record;
begin
    for t in
        select tgname, pg_get_triggerdef(oid) as def from pg_trigger
        where tgrelid = 'journal.events'::regclass and not tgisinternal
    loop
        execute replace(t.def, ' ON journal.events ', ' ON bench.events ');
        execute format('alter table bench.events enable always trigger %I', t.tgname);
    end loop;
end $$;
-- The table postgres-es asks for.
create table bench.stock_events (
    aggregate_type text not null,
    aggregate_id   text not null,
    sequence       bigint check (sequence >= 0) not null,
    event_type     text not null,
    event_version  text not null,
    payload        json not null,
    metadata       json not null,
    timestamp      timestamptz default current_timestamp,
    primary key (aggregate_type, aggregate_id, sequence)
);
