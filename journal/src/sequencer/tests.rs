//! The order of the log, what may not be passed, and who may write it.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgListener};
use sqlx::{Connection, PgConnection, Row};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;
use uuid::Uuid;

use super::run as sequence;
use super::step::Leader;
use crate::journal::Journal;
use crate::postgres::connect::{self, ActingAs};
use crate::testing::{
    World, all, append, id, kill_backend, number, soon, stock_event, stopped, ticket,
};

/// Steps until every event that is committed now has its number.
pub(crate) async fn settle(options: &PgConnectOptions) {
    let mut conn = connect::connection(options, ActingAs::Sequencer).await.unwrap();
    let mut leader = Leader::take_over(&mut conn).await.unwrap();
    let unsettled = include_str!("../verify/sql/unsettled.sql");
    soon("the events settle", async {
        while number(&mut conn, unsettled).await > 0 {
            step(&mut leader, &mut conn).await.unwrap();
        }
    })
    .await;
    conn.close().await.unwrap();
}

/// One step, once there is something to do for it that other databases do not hold up.
async fn step(leader: &mut Leader, conn: &mut PgConnection) -> Option<usize> {
    soon("something settles", async {
        loop {
            match leader.step(conn).await.unwrap() {
                Some(0) => sleep(Duration::from_millis(1)).await,
                other => return other,
            }
        }
    })
    .await
}

/// The streams of the log's events, by their number.
async fn log(world: &World) -> Vec<(i64, u128, i64)> {
    let query = "select global_seq, aggregate_id, sequence from journal.log order by global_seq";
    let rows = sqlx::query(query).fetch_all(&mut world.superuser().await).await.unwrap();
    let entry = |row: &sqlx::postgres::PgRow| {
        let id: Uuid = row.get::<String, _>("aggregate_id").parse().unwrap();
        (row.get("global_seq"), id.as_u128(), row.get("sequence"))
    };
    rows.iter().map(entry).collect()
}

/// Writers in parallel, each with streams of its own.
async fn busy(world: &World, writers: u128, appends: i64) {
    let write = |journal: Journal, stream| async move {
        for n in 0..appends {
            append(&journal, ticket(stream, 2 * n, vec![stopped(1), stopped(2)])).await.unwrap();
        }
    };
    let writers =
        (1..=writers).map(|stream| tokio::spawn(write(world.journal.clone(), stream))).collect();
    all(writers).await;
}

#[tokio::test]
async fn every_event_has_one_dense_number_in_the_order_of_transaction_and_position() {
    let world = World::new().await;
    busy(&world, 6, 5).await;
    world.settle().await;
    let log = log(&world).await;
    assert_eq!(log.iter().map(|entry| entry.0).collect::<Vec<_>>(), (1..=60).collect::<Vec<_>>());
    let disorder = "select count(*) from (
            select l.global_seq, row_number() over (order by e.xid, e.position) as nr
            from journal.events e join journal.log l using (aggregate_type, aggregate_id, sequence)
        ) o where global_seq <> nr";
    assert_eq!(world.number(disorder).await, 0);
    assert_eq!(world.check().await.tampering, None);
}

#[tokio::test]
async fn the_tokens_of_receipts_are_ordered_as_the_log_is() {
    let world = World::new().await;
    let mut tokens = Vec::new();
    for stream in [3, 1, 2] {
        let receipt = world.append(ticket(stream, 0, vec![stopped(1), stopped(2)])).await.unwrap();
        tokens.push(receipt.token.unwrap());
    }
    world.settle().await;
    assert!(tokens.is_sorted());
    assert_eq!(log(&world).await.iter().map(|e| e.1).collect::<Vec<_>>(), [3, 3, 1, 1, 2, 2]);
    let query = "select cursor_position from journal.sequencer";
    assert_eq!(world.number(query).await, tokens[2].position);
}

/// An open transaction that has a number of its own already, and its event written or not.
async fn open_transaction(world: &World, written: bool) -> PgConnection {
    let mut early = world.acting_as(ActingAs::App).await;
    crate::testing::run(&mut early, "begin; select pg_current_xact_id()").await.unwrap();
    if written {
        stock_event(&mut early, id(1), 1).await;
    }
    early
}

#[tokio::test]
async fn an_open_transaction_is_not_passed_by_those_that_began_after_it() {
    let world = World::new().await;
    let mut conn = world.acting_as(ActingAs::Sequencer).await;
    let mut leader = Leader::take_over(&mut conn).await.unwrap();
    world.append(ticket(9, 0, vec![stopped(1)])).await.unwrap();
    let mut early = open_transaction(&world, true).await;
    world.append(ticket(2, 0, vec![stopped(1)])).await.unwrap();
    world.append(ticket(3, 0, vec![stopped(1)])).await.unwrap();
    // What came before it is held up by nobody.
    assert_eq!(step(&mut leader, &mut conn).await, Some(1));
    for _ in 0..10 {
        assert_eq!(leader.step(&mut conn).await.unwrap(), Some(0));
    }
    crate::testing::run(&mut early, "commit").await.unwrap();
    world.settle().await;
    assert_eq!(log(&world).await, [(1, 9, 1), (2, 1, 1), (3, 2, 1), (4, 3, 1)]);
}

#[tokio::test]
async fn an_event_written_late_stands_where_its_transaction_began() {
    let world = World::new().await;
    let mut early = open_transaction(&world, false).await;
    world.append(ticket(2, 0, vec![stopped(1)])).await.unwrap();
    let mut conn = world.acting_as(ActingAs::Sequencer).await;
    let mut leader = Leader::take_over(&mut conn).await.unwrap();
    assert_eq!(leader.step(&mut conn).await.unwrap(), Some(0));
    stock_event(&mut early, id(1), 1).await;
    crate::testing::run(&mut early, "commit").await.unwrap();
    world.settle().await;
    assert_eq!(log(&world).await, [(1, 1, 1), (2, 2, 1)]);
}

#[tokio::test]
async fn a_transaction_that_is_rolled_back_is_skipped() {
    let world = World::new().await;
    let mut early = open_transaction(&world, true).await;
    world.append(ticket(2, 0, vec![stopped(1)])).await.unwrap();
    crate::testing::run(&mut early, "rollback").await.unwrap();
    world.settle().await;
    assert_eq!(log(&world).await, [(1, 2, 1)]);
    assert_eq!(world.check().await.tampering, None);
}

#[tokio::test]
async fn a_leader_that_was_overtaken_writes_nothing() {
    let world = World::new().await;
    let mut first_conn = world.acting_as(ActingAs::Sequencer).await;
    let mut second_conn = world.acting_as(ActingAs::Sequencer).await;
    let mut first = Leader::take_over(&mut first_conn).await.unwrap();
    let mut second = Leader::take_over(&mut second_conn).await.unwrap();
    world.append(ticket(1, 0, vec![stopped(1)])).await.unwrap();
    assert_eq!(step(&mut first, &mut first_conn).await, None);
    assert_eq!(log(&world).await, []);
    assert_eq!(step(&mut second, &mut second_conn).await, Some(1));
    assert_eq!(step(&mut first, &mut first_conn).await, None);
    assert_eq!(log(&world).await, [(1, 1, 1)]);
}

#[tokio::test]
async fn a_new_leader_continues_numbers_and_tree() {
    let world = World::new().await;
    for round in 0..4 {
        world.append(ticket(1, 2 * round, vec![stopped(1), stopped(2)])).await.unwrap();
        world.settle().await;
    }
    let numbers: Vec<i64> = log(&world).await.iter().map(|entry| entry.0).collect();
    assert_eq!(numbers, (1..=8).collect::<Vec<_>>());
    let report = world.check().await;
    assert_eq!((report.size, report.tampering, report.unsettled), (8, None, 0));
}

/// A sequencer's task on a handle of its own.
struct Running {
    journal: Journal,
    task: JoinHandle<()>,
    stop: watch::Sender<bool>,
}

impl Running {
    async fn start(world: &World) -> Self {
        let journal = world.another().await;
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(sequence(journal.clone(), world.options(), stopped));
        Self { journal, task, stop }
    }

    async fn reaches(&self, head: i64) {
        let mut heads = self.journal.head();
        soon("the log grows", heads.wait_for(|now| *now >= head)).await.unwrap();
    }

    async fn stop(self) {
        self.stop.send(true).unwrap();
        soon("the sequencer stops", self.task).await.unwrap();
    }
}

#[tokio::test]
async fn a_running_sequencer_announces_to_its_process_and_to_the_database() {
    let world = World::new().await;
    let mut listener = PgListener::connect_with(world.journal.pool()).await.unwrap();
    listener.listen("annals_log").await.unwrap();
    let running = Running::start(&world).await;
    append(&running.journal, ticket(1, 0, vec![stopped(1)])).await.unwrap();
    running.reaches(1).await;
    let heard = soon("the database tells", listener.recv()).await.unwrap();
    assert_eq!(heard.payload(), "1");
    running.stop().await;
}

#[tokio::test]
async fn two_sequencers_at_once_write_one_log() {
    let world = World::new().await;
    let first = Running::start(&world).await;
    let second = Running::start(&world).await;
    busy(&world, 4, 5).await;
    let leader = tokio::select! {
        () = first.reaches(40) => "first",
        () = second.reaches(40) => "second",
    };
    // The other one takes over when this one stops.
    let (leads, follows) = if leader == "first" { (first, second) } else { (second, first) };
    leads.stop().await;
    append(&follows.journal, ticket(9, 0, vec![stopped(1)])).await.unwrap();
    follows.reaches(41).await;
    follows.stop().await;
    let report = world.check().await;
    assert_eq!((report.size, report.tampering), (41, None));
}

#[tokio::test]
async fn a_sequencer_whose_connection_is_cut_comes_back() {
    let world = World::new().await;
    let running = Running::start(&world).await;
    append(&running.journal, ticket(1, 0, vec![stopped(1)])).await.unwrap();
    running.reaches(1).await;
    let leader = "select pid from pg_locks l join pg_database d on d.oid = l.database
                  where l.locktype = 'advisory' and d.datname = current_database()";
    let mut superuser = world.superuser().await;
    let pid: i32 = sqlx::query_scalar(leader).fetch_one(&mut superuser).await.unwrap();
    kill_backend(&world.options(), pid).await;
    append(&running.journal, ticket(1, 1, vec![stopped(1)])).await.unwrap();
    running.reaches(2).await;
    running.stop().await;
    let report = world.check().await;
    assert_eq!((report.size, report.tampering), (2, None));
}
