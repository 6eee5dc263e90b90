//! The first promise: history is added to, by those who may, and never changed.

use std::collections::BTreeSet;

use sqlx::{PgConnection, Row};

use crate::postgres::connect::{self, ActingAs};
use crate::testing::{World, run, stopped, ticket};

/// Everything that our roles may do with a table, in the schemas that hold truth.
const MAY: [&str; 55] = [
    "annals_app identity.attachments DELETE",
    "annals_app identity.attachments INSERT",
    "annals_app identity.attachments SELECT",
    "annals_app identity.attachments UPDATE",
    "annals_app identity.credentials DELETE",
    "annals_app identity.credentials INSERT",
    "annals_app identity.credentials SELECT",
    "annals_app identity.credentials UPDATE",
    "annals_app identity.decisions DELETE",
    "annals_app identity.decisions INSERT",
    "annals_app identity.decisions SELECT",
    "annals_app identity.notice_marks DELETE",
    "annals_app identity.notice_marks INSERT",
    "annals_app identity.notice_marks SELECT",
    "annals_app identity.notice_marks_through DELETE",
    "annals_app identity.notice_marks_through INSERT",
    "annals_app identity.notice_marks_through SELECT",
    "annals_app identity.notice_marks_through UPDATE",
    "annals_app identity.service_tokens DELETE",
    "annals_app identity.service_tokens INSERT",
    "annals_app identity.service_tokens SELECT",
    "annals_app identity.service_tokens UPDATE",
    "annals_app identity.sessions DELETE",
    "annals_app identity.sessions INSERT",
    "annals_app identity.sessions SELECT",
    "annals_app identity.sessions UPDATE",
    "annals_app identity.sign_in_failures DELETE",
    "annals_app identity.sign_in_failures INSERT",
    "annals_app identity.sign_in_failures SELECT",
    "annals_app identity.sign_in_failures UPDATE",
    "annals_app identity.used_refresh_tokens DELETE",
    "annals_app identity.used_refresh_tokens INSERT",
    "annals_app identity.used_refresh_tokens SELECT",
    "annals_app journal.checkpoints SELECT",
    "annals_app journal.claims DELETE",
    "annals_app journal.claims INSERT",
    "annals_app journal.claims SELECT",
    "annals_app journal.commands INSERT",
    "annals_app journal.commands SELECT",
    "annals_app journal.events INSERT",
    "annals_app journal.events SELECT",
    "annals_app journal.log SELECT",
    "annals_app journal.premises SELECT",
    "annals_app journal.sequencer SELECT",
    "annals_keys vault.destructions SELECT",
    "annals_keys vault.subject_keys INSERT",
    "annals_keys vault.subject_keys SELECT",
    "annals_keys vault.subject_keys UPDATE",
    "annals_sequencer journal.checkpoints INSERT",
    "annals_sequencer journal.checkpoints SELECT",
    "annals_sequencer journal.events SELECT",
    "annals_sequencer journal.log INSERT",
    "annals_sequencer journal.log SELECT",
    "annals_sequencer journal.sequencer SELECT",
    "annals_sequencer journal.sequencer UPDATE",
];

#[tokio::test]
async fn each_role_may_do_its_own_work_and_nothing_else() {
    let world = World::new().await;
    let rows = sqlx::query(
        "select r || ' ' || t.schemaname || '.' || t.tablename || ' ' || p as may
         from pg_tables t,
              unnest(array['annals_app', 'annals_sequencer', 'annals_keys']) r,
              unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES',
                           'TRIGGER']) p
         where t.schemaname in ('journal', 'vault', 'identity')
           and (has_table_privilege(r, t.schemaname || '.' || t.tablename, p)
                or p in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
                   and has_any_column_privilege(r, t.schemaname || '.' || t.tablename, p))",
    )
    .fetch_all(&mut world.superuser().await)
    .await
    .unwrap();
    let may: BTreeSet<String> = rows.iter().map(|row| row.get("may")).collect();
    assert_eq!(may, MAY.iter().map(|&may| may.to_owned()).collect());
}

#[tokio::test]
async fn nobody_logs_in_as_one_of_our_roles_and_none_may_change_schemas_or_become_another() {
    let world = World::new().await;
    let query = "select count(*) from pg_roles where rolname in
            ('annals_owner', 'annals_app', 'annals_sequencer', 'annals_keys')
        and (rolcanlogin or rolsuper or rolcreaterole or rolcreatedb or rolbypassrls
             or rolreplication)";
    assert_eq!(world.number(query).await, 0);
    let query = "select count(*)
        from unnest(array['annals_app', 'annals_sequencer', 'annals_keys']) r,
             unnest(array['journal', 'vault', 'identity', 'read']) s
        where has_schema_privilege(r, s, 'CREATE')";
    assert_eq!(world.number(query).await, 0);
    let query = "select count(*) from pg_auth_members m
        join pg_roles r on r.oid = m.member and r.rolname like 'annals\\_%'
        join pg_roles g on g.oid = m.roleid and g.rolname like 'annals\\_%'
        where r.rolname <> 'annals_login'";
    assert_eq!(world.number(query).await, 0);
}

/// Whether the database refuses this for want of a right.
async fn is_refused(conn: &mut PgConnection, statement: &str) -> bool {
    let error = run(conn, statement).await.unwrap_err();
    error.as_database_error().and_then(sqlx::error::DatabaseError::code).as_deref() == Some("42501")
}

const CHANGES: [&str; 9] = [
    "update journal.events set event_type = 'x'",
    "delete from journal.events",
    "truncate journal.events",
    "update journal.log set event_type = 'x'",
    "delete from journal.log",
    "truncate journal.log",
    "update journal.checkpoints set size = 2",
    "delete from journal.checkpoints",
    "truncate journal.checkpoints",
];

#[tokio::test]
async fn t15_no_role_changes_history_and_neither_does_the_owner_nor_a_superuser() {
    let world = World::new().await;
    world.append(ticket(1, 0, vec![stopped(1)])).await.unwrap();
    world.settle().await;
    for role in [ActingAs::App, ActingAs::Sequencer, ActingAs::Keys] {
        let mut conn = world.acting_as(role).await;
        for change in CHANGES {
            assert!(is_refused(&mut conn, change).await, "{role:?}: {change}");
        }
    }
    for becoming in ["set role annals_owner", "set session_replication_role = replica", "select 1"]
    {
        let mut conn = world.superuser().await;
        run(&mut conn, becoming).await.unwrap();
        for change in CHANGES {
            assert!(is_refused(&mut conn, change).await, "{becoming}: {change}");
        }
    }
    assert_eq!(world.check().await.size, 1);
}

/// What whoever gets a statement past us would try next.
const WAYS_ROUND: [&str; 12] = [
    "alter table journal.events disable trigger all",
    "alter table journal.events alter column payload type jsonb",
    "drop trigger events_append_only on journal.events",
    "drop table journal.log cascade",
    "create or replace function journal.mine() returns int language sql as 'select 1'",
    "create trigger mine before insert on journal.events execute function mine()",
    "create rule mine as on insert to journal.events do instead nothing",
    "copy journal.events from '/etc/hostname'",
    "copy journal.events from program 'true'",
    "copy journal.events to '/tmp/events'",
    "set session_replication_role = replica",
    "set role annals_owner",
];

#[tokio::test]
async fn t15_no_role_gets_round_it() {
    let world = World::new().await;
    let (name, login) = world.login().await;
    for role in [ActingAs::App, ActingAs::Sequencer, ActingAs::Keys, ActingAs::Login] {
        let mut conn = connect::connection(&login, role).await.unwrap();
        for way in WAYS_ROUND {
            assert!(is_refused(&mut conn, way).await, "{role:?}: {way}");
        }
    }
    world.forget_login(&name).await;
}
