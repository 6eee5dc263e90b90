//! Everybody's words leave every view, and what stays is what a rebuild makes.

use domain::kernel::PersonId;
use journal::erasure::{Ledger, search};
use sqlx::{Connection, PgConnection, Row};
use tempfile::TempDir;

use super::{Purging, Streams, drop_all};
use crate::error::ProjectionError;
use crate::schema::Lock;
use crate::testing::{AGENT, CLIENT, World, journal};
use crate::{compare, read_models, rebuild, schema};

/// What the client says in the story, in most kinds of streams there are.
const WORDS: [&str; 7] = [
    "The line is dead",
    "It was fine yesterday",
    "Screen.png",
    "Room 5",
    "For the night shift",
    "A year",
    "client@",
];

/// The whole of every view, also of those beside the live ones, as text.
async fn dump(world: &World) -> String {
    let mut conn = PgConnection::connect_with(&world.options).await.unwrap();
    let tables = "select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname like 'view\\_%' and tablename <> 'progress' order by 1";
    let mut all = String::new();
    for table in sqlx::query(tables).fetch_all(&mut conn).await.unwrap() {
        let table: String = table.get("name");
        let rows = format!("select '{table} ' || t::text as row from {table} t order by 1");
        for row in sqlx::query(&rows).fetch_all(&mut conn).await.unwrap() {
            all.push_str(row.get("row"));
            all.push('\n');
        }
    }
    all
}

fn found_in<'a>(dump: &str, words: &[&'a str]) -> Vec<&'a str> {
    words.iter().copied().filter(|word| dump.contains(word)).collect()
}

/// Destroys the person's key; the streams that held something, and the end of the log.
async fn erased(world: &World, person: PersonId) -> (Streams, i64, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::of(folder.path());
    let keys = world.journal.keyring().destroy(person, &ledger).await.unwrap();
    let through = world.settled().await;
    let found = search(world.pool(), &keys, 0, through).await.unwrap();
    assert_eq!(found.through, through);
    (found.streams, through, folder)
}

/// The models that were purged.
async fn purge(world: &World, streams: &Streams, through: i64) -> Vec<&'static str> {
    let purging =
        Purging { journal: &world.journal, options: &world.options, requested_by: "a test" };
    let mut purged = Vec::new();
    for model in read_models() {
        if purging.purge(&model, streams, through).await.unwrap().is_some() {
            purged.push(model.name());
        }
    }
    purged
}

/// Fails when a view is not what the log says now.
async fn is_as_rebuilt(world: &World) {
    // Another process, whose key ring has not seen the keys before.
    let journal = journal(&world.options).await;
    for model in read_models() {
        let mut conn = PgConnection::connect_with(&world.options).await.unwrap();
        let read = "begin isolation level repeatable read read only";
        sqlx::raw_sql(read).execute(&mut conn).await.unwrap();
        let found = compare(&mut conn, &journal, model.as_ref(), |_, _| {}).await.unwrap();
        let (name, differences) = (model.name(), &found.differences);
        assert_eq!((found.different, found.erased_since), (0, 0), "{name}: {differences:?}");
    }
}

#[tokio::test]
async fn no_view_keeps_a_word_and_each_is_what_a_rebuild_makes() {
    for (person, words) in [(CLIENT, &WORDS[..]), (AGENT, &["why 1", "why 20"])] {
        let world = World::with_clocks().await;
        // What it replaces is kept, with the words.
        let tickets = read_models().into_iter().find(|it| it.name() == "tickets").unwrap();
        rebuild(&world.journal, &world.options, &tickets, |_, _| {}).await.unwrap();
        let before = dump(&world).await;
        assert_eq!(found_in(&before, words), words, "the story says all of it");
        assert!(before.contains("view_tickets_old."));
        let (streams, through, _folder) = erased(&world, person).await;
        let purged = purge(&world, &streams, through).await;
        assert!(purged.len() > 10, "{purged:?}");
        let after = dump(&world).await;
        assert_eq!(found_in(&after, words), Vec::<&str>::new(), "{person}");
        assert!(!after.contains("view_tickets_old."));
        is_as_rebuilt(&world).await;
        // Once more, as whoever was killed in between does.
        assert_eq!(purge(&world, &streams, through).await, purged);
        assert_eq!(dump(&world).await, after);
    }
}

#[tokio::test]
async fn what_stands_in_the_way_is_told_before_anything_is_done() {
    let world = World::with_desk().await;
    let (streams, through, _folder) = erased(&world, CLIENT).await;
    let purging =
        Purging { journal: &world.journal, options: &world.options, requested_by: "a test" };
    let in_the_way = async |through| purging.in_the_way(&streams, through).await.unwrap();
    assert_eq!(in_the_way(through).await, None);
    // It locks nothing.
    assert_eq!(in_the_way(through).await, None);
    let mut rebuilding = PgConnection::connect_with(&world.options).await.unwrap();
    assert!(schema::try_lock(&mut rebuilding, Lock::Rebuild, "tickets").await.unwrap());
    assert_eq!(in_the_way(through).await, Some("tickets"));
    schema::unlock(&mut rebuilding, Lock::Rebuild, "tickets").await.unwrap();
    let behind = in_the_way(through + 1).await.unwrap();
    let model = read_models().into_iter().find(|it| it.name() == behind).unwrap();
    let before = dump(&world).await;
    let refused = purging.purge(&model, &streams, through + 1).await;
    assert!(matches!(refused, Err(ProjectionError::Behind(name)) if name == behind), "{refused:?}");
    assert_eq!(dump(&world).await, before);
    assert_eq!(in_the_way(through).await, None);
}

#[tokio::test]
async fn a_rebuild_that_was_interrupted_keeps_no_word_either() {
    let world = World::with_desk().await;
    let tickets = read_models().into_iter().find(|it| it.name() == "tickets").unwrap();
    let mut conn = PgConnection::connect_with(&world.options).await.unwrap();
    let next = "create schema view_tickets_next authorization annals_app;
        create table view_tickets_next.tickets as select * from view_tickets.tickets;
        alter table view_tickets_next.tickets owner to annals_app";
    sqlx::raw_sql(next).execute(&mut conn).await.unwrap();
    let (streams, through, _folder) = erased(&world, CLIENT).await;
    purge(&world, &streams, through).await;
    assert!(!schema::exists(&mut conn, "view_tickets_next").await.unwrap());
    let report = rebuild(&world.journal, &world.options, &tickets, |_, _| {}).await.unwrap();
    assert_eq!(report.equal(), Some(true));
}

#[tokio::test]
async fn dropped_views_are_made_anew_by_whoever_prepares_them() {
    let world = World::with_desk().await;
    drop_all(&world.options).await.unwrap();
    assert_eq!(dump(&world).await, "");
    // Told again by whoever was killed in between.
    drop_all(&world.options).await.unwrap();
    let _folder = erased(&world, CLIENT).await;
    let runner = world.elsewhere().await;
    runner.prepare().await.unwrap();
    assert_eq!(found_in(&dump(&world).await, &WORDS), Vec::<&str>::new());
    is_as_rebuilt(&world).await;
}
