//! Who leads, and who does when the leader is gone or hangs.

use std::time::Instant;

use sqlx::PgConnection;
use sqlx::postgres::{PgConnectOptions, PgListener};

use super::super::LOCK;
use super::super::status::status;
use super::{Leader, Running, busy, log, step};
use crate::journal::Journal;
use crate::postgres::connect::{self, ActingAs};
use crate::testing::{World, append, kill_backend, run, soon, stopped, ticket};

#[tokio::test]
async fn t10_a_leader_that_was_overtaken_writes_nothing() {
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

/// Ends the connection of whoever leads, and says which it was.
pub(super) async fn kill_leader(world: &World) -> i32 {
    let pid = soon("somebody leads", async {
        loop {
            if let Some(pid) = status(world.journal.pool()).await.unwrap().leader_pid {
                return pid;
            }
        }
    })
    .await;
    kill_backend(&world.options(), pid).await;
    pid
}

#[tokio::test]
async fn t10_two_sequencers_at_once_write_one_log() {
    let world = World::new().await;
    let first = Running::start(&world).await;
    append(&first.journal, ticket(8, 0, vec![stopped(1)])).await.unwrap();
    first.reaches(1).await;
    let second = Running::start(&world).await;
    busy(&world, 4, 5).await;
    first.reaches(41).await;
    // The follower tells its process too.
    second.reaches(41).await;
    first.stop().await;
    append(&second.journal, ticket(9, 0, vec![stopped(1)])).await.unwrap();
    second.reaches(42).await;
    second.stop().await;
    let report = world.check().await;
    assert_eq!((report.size, report.tampering), (42, None));
}

#[tokio::test]
async fn a_sequencer_whose_connection_is_cut_comes_back() {
    let world = World::new().await;
    let running = Running::start(&world).await;
    append(&running.journal, ticket(1, 0, vec![stopped(1)])).await.unwrap();
    running.reaches(1).await;
    kill_leader(&world).await;
    append(&running.journal, ticket(1, 1, vec![stopped(1)])).await.unwrap();
    running.reaches(2).await;
    running.stop().await;
    let report = world.check().await;
    assert_eq!((report.size, report.tampering), (2, None));
}

#[tokio::test]
async fn t10_leaders_killed_at_any_moment_leave_a_dense_log_with_its_root() {
    let world = World::new().await;
    let (first, second) = (Running::start(&world).await, Running::start(&world).await);
    let write = |journal: Journal| async move {
        for n in 0..60 {
            append(&journal, ticket(1, n, vec![stopped(1)])).await.unwrap();
        }
    };
    let writing = tokio::spawn(write(first.journal.clone()));
    let mut killed = 0;
    while !writing.is_finished() || killed < 5 {
        kill_leader(&world).await;
        killed += 1;
    }
    writing.await.unwrap();
    first.reaches(60).await;
    second.reaches(60).await;
    first.stop().await;
    second.stop().await;
    let report = world.check().await;
    assert_eq!((report.size, report.tampering, report.unsettled), (60, None, 0));
    assert!(status(world.journal.pool()).await.unwrap().epoch > 1);
}

/// A leader that does nothing any more but keeps its lock, as a stopped process does.
async fn hung(options: &PgConnectOptions) -> (Leader, PgConnection) {
    let mut conn = connect::connection(options, ActingAs::Sequencer).await.unwrap();
    run(&mut conn, &format!("select pg_advisory_lock({LOCK})")).await.unwrap();
    (Leader::take_over(&mut conn).await.unwrap(), conn)
}

#[tokio::test]
async fn a_leader_that_hangs_is_deposed_and_writes_nothing_more() {
    let world = World::new().await;
    let (name, login) = world.login().await;
    let (mut leader, mut conn) = hung(&login).await;
    let follower = Running::start_as(&world, login).await;
    append(&world.journal, ticket(1, 0, vec![stopped(1)])).await.unwrap();
    let begun = Instant::now();
    follower.reaches(1).await;
    eprintln!("a hung leader was replaced after {:?}", begun.elapsed());
    append(&world.journal, ticket(1, 1, vec![stopped(1)])).await.unwrap();
    assert!(leader.step(&mut conn).await.unwrap_err().is_transient());
    follower.reaches(2).await;
    follower.stop().await;
    assert_eq!(log(&world).await, [(1, 1, 1), (2, 1, 2)]);
    drop(conn);
    world.forget_login(&name).await;
}

#[tokio::test]
async fn a_leader_without_work_keeps_its_lead() {
    let world = World::new().await;
    let (mut leader, mut conn) = hung(&world.options()).await;
    let follower = Running::start(&world).await;
    // Settled by the leader, and told by the follower, who has looked then.
    for n in 0..3 {
        append(&world.journal, ticket(1, n, vec![stopped(1)])).await.unwrap();
        assert_eq!(step(&mut leader, &mut conn).await, Some(1));
        follower.reaches(n + 1).await;
    }
    assert_eq!(status(world.journal.pool()).await.unwrap().epoch, 1);
    follower.stop().await;
}
