//! The invisible event: written, not committed, and later ones are. Nobody passes it.

use sqlx::{ConnectOptions, PgConnection, Row};

use super::super::status::{Holder, status};
use super::{Leader, log, step};
use crate::postgres::connect::ActingAs;
use crate::testing::{Server, World, id, kill_backend, number, run, stock_event, stopped, ticket};

/// An open transaction that has a number of its own already, and its event written or not.
async fn open_transaction(world: &World, written: bool) -> PgConnection {
    let mut early = world.acting_as(ActingAs::App).await;
    run(&mut early, "begin; select pg_current_xact_id()").await.unwrap();
    if written {
        stock_event(&mut early, id(1), 1).await;
    }
    early
}

/// A leader that has numbered nothing yet.
async fn leader(world: &World) -> (Leader, PgConnection) {
    let mut conn = world.acting_as(ActingAs::Sequencer).await;
    (Leader::take_over(&mut conn).await.unwrap(), conn)
}

/// However often it steps, the leader passes nothing.
async fn passes_nothing(leader: &mut Leader, conn: &mut PgConnection) {
    for _ in 0..10 {
        assert_eq!(leader.step(conn).await.unwrap(), Some(0));
    }
}

#[tokio::test]
async fn t11_an_open_transaction_is_not_passed_by_those_that_began_after_it() {
    let world = World::new().await;
    let (mut leader, mut conn) = leader(&world).await;
    world.append(ticket(9, 0, vec![stopped(1)])).await.unwrap();
    let mut early = open_transaction(&world, true).await;
    world.append(ticket(2, 0, vec![stopped(1)])).await.unwrap();
    world.append(ticket(3, 0, vec![stopped(1)])).await.unwrap();
    // What came before it is held up by nobody.
    assert_eq!(step(&mut leader, &mut conn).await, Some(1));
    passes_nothing(&mut leader, &mut conn).await;
    run(&mut early, "commit").await.unwrap();
    world.settle().await;
    assert_eq!(log(&world).await, [(1, 9, 1), (2, 1, 1), (3, 2, 1), (4, 3, 1)]);
}

#[tokio::test]
async fn an_event_written_late_stands_where_its_transaction_began() {
    let world = World::new().await;
    let mut early = open_transaction(&world, false).await;
    world.append(ticket(2, 0, vec![stopped(1)])).await.unwrap();
    let (mut leader, mut conn) = leader(&world).await;
    assert_eq!(leader.step(&mut conn).await.unwrap(), Some(0));
    stock_event(&mut early, id(1), 1).await;
    run(&mut early, "commit").await.unwrap();
    world.settle().await;
    assert_eq!(log(&world).await, [(1, 1, 1), (2, 2, 1)]);
}

#[tokio::test]
async fn a_transaction_that_is_rolled_back_is_skipped() {
    let world = World::new().await;
    let mut early = open_transaction(&world, true).await;
    world.append(ticket(2, 0, vec![stopped(1)])).await.unwrap();
    run(&mut early, "rollback").await.unwrap();
    world.settle().await;
    assert_eq!(log(&world).await, [(1, 2, 1)]);
    assert_eq!(world.check().await.tampering, None);
}

#[tokio::test]
async fn what_a_killed_connection_had_written_is_skipped() {
    let world = World::new().await;
    let mut early = open_transaction(&world, true).await;
    let pid = number(&mut early, "select pg_backend_pid()::bigint").await;
    world.append(ticket(2, 0, vec![stopped(1)])).await.unwrap();
    let (mut leader, mut conn) = leader(&world).await;
    passes_nothing(&mut leader, &mut conn).await;
    kill_backend(&world.options(), i32::try_from(pid).unwrap()).await;
    world.settle().await;
    assert_eq!(log(&world).await, [(1, 2, 1)]);
}

#[tokio::test]
async fn what_was_rolled_back_to_a_savepoint_is_skipped_and_the_rest_is_not_passed() {
    let world = World::new().await;
    let mut early = open_transaction(&world, true).await;
    run(&mut early, "savepoint s").await.unwrap();
    stock_event(&mut early, id(1), 2).await;
    run(&mut early, "rollback to s").await.unwrap();
    world.append(ticket(2, 0, vec![stopped(1)])).await.unwrap();
    let (mut leader, mut conn) = leader(&world).await;
    passes_nothing(&mut leader, &mut conn).await;
    run(&mut early, "commit").await.unwrap();
    world.settle().await;
    assert_eq!(log(&world).await, [(1, 1, 1), (2, 2, 1)]);
}

#[tokio::test]
async fn t11_a_prepared_transaction_is_not_passed_and_is_named() {
    let server = Server::start().await;
    for end in ["commit", "rollback"] {
        let world = World::on(server.migrated(&format!("{end}_prepared")).await).await;
        let (mut leader, mut conn) = leader(&world).await;
        let mut early = open_transaction(&world, true).await;
        run(&mut early, "prepare transaction 'early'").await.unwrap();
        drop(early);
        world.append(ticket(2, 0, vec![stopped(1)])).await.unwrap();
        passes_nothing(&mut leader, &mut conn).await;
        let held = status(world.journal.pool()).await.unwrap();
        let database = Some(format!("{end}_prepared"));
        let holder = Holder { pid: None, database, application: None, prepared: true };
        assert_eq!((held.holder, held.unsettled), (Some(holder), 1));
        assert!(held.fence_age_seconds > 0.0 && held.unsettled_seconds > 0.0);
        run(&mut world.superuser().await, &format!("{end} prepared 'early'")).await.unwrap();
        world.settle().await;
        let expected: &[_] = if end == "commit" { &[(1, 1, 1), (2, 2, 1)] } else { &[(1, 2, 1)] };
        assert_eq!(log(&world).await, expected);
    }
    server.end().await;
}

#[tokio::test]
async fn a_transaction_in_another_database_holds_settling_up_and_is_named() {
    let server = Server::start().await;
    let world = World::on(server.migrated("annals").await).await;
    let other = server.empty("other").await.application_name("reports");
    let mut other = other.connect().await.unwrap();
    run(&mut other, "begin; create table report (n int)").await.unwrap();
    let pid = sqlx::query("select pg_backend_pid()").fetch_one(&mut other).await.unwrap().get(0);
    world.append(ticket(2, 0, vec![stopped(1)])).await.unwrap();
    let (mut leader, mut conn) = leader(&world).await;
    passes_nothing(&mut leader, &mut conn).await;
    let held = status(world.journal.pool()).await.unwrap();
    let (database, application) = (Some("other".to_owned()), Some("reports".to_owned()));
    let holder = Holder { pid: Some(pid), database, application, prepared: false };
    assert_eq!((held.holder, held.unsettled, held.head), (Some(holder), 1, 0));
    assert!(held.fence_age_seconds > 0.0);
    run(&mut other, "commit").await.unwrap();
    assert_eq!(step(&mut leader, &mut conn).await, Some(1));
    let free = status(world.journal.pool()).await.unwrap();
    assert_eq!((free.holder, free.unsettled, free.head), (None, 0, 1));
    assert_eq!((free.fence_age_seconds, free.unsettled_seconds), (0.0, 0.0));
    drop((other, conn, world));
    server.end().await;
}

/// The positions that a reader finds who takes what it saw last for its place.
async fn behind(conn: &mut PgConnection, position: i64) -> Vec<i64> {
    let naive = "select position from journal.events where position > $1 order by position";
    sqlx::query_scalar(naive).bind(position).fetch_all(conn).await.unwrap()
}

/// Without this test the others could be passing for want of a danger.
#[tokio::test]
async fn readers_without_the_fence_lose_the_event() {
    let world = World::new().await;
    let mut early = open_transaction(&world, true).await;
    world.append(ticket(2, 0, vec![stopped(1)])).await.unwrap();
    let mut reader = world.superuser().await;
    let fenced = include_str!("../sql/read_settled.sql");
    let fenceless = fenced.replace("and e.xid < pg_snapshot_xmin(pg_current_snapshot())", "");
    assert_ne!(fenced, fenceless);
    let read = sqlx::query(&fenceless).bind(0_i64).bind(0_i64).bind(10_i64);
    let last = read.fetch_all(&mut reader).await.unwrap().pop().unwrap();
    let cursor: (i64, i64) = (last.get("transaction"), last.get("position"));
    let naive = behind(&mut reader, 0).await;
    run(&mut early, "commit").await.unwrap();
    // Two events are committed; each of the two has seen one of them, and will never see the other.
    let read = sqlx::query(&fenceless).bind(cursor.0).bind(cursor.1).bind(10_i64);
    assert_eq!(read.fetch_all(&mut reader).await.unwrap().len(), 0);
    assert_eq!(naive, [2]);
    assert_eq!(behind(&mut reader, 2).await, [0; 0]);
    world.settle().await;
    assert_eq!(log(&world).await, [(1, 1, 1), (2, 2, 1)]);
}
