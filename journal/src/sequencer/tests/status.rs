//! How settling is doing.

use super::super::status::status;
use super::{Leader, Running};
use crate::postgres::connect::ActingAs;
use crate::testing::{World, append, number, soon, stopped, ticket};

#[tokio::test]
async fn an_empty_journal_has_nothing_to_settle_and_nobody_who_leads() {
    let world = World::new().await;
    let status = status(world.journal.pool()).await.unwrap();
    assert_eq!((status.head, status.unsettled, status.unsettled_seconds), (0, 0, 0.0));
    assert_eq!((status.leader_pid, status.epoch), (None, 0));
}

#[tokio::test]
async fn what_waits_is_counted_until_it_has_its_number() {
    let world = World::new().await;
    world.append(ticket(1, 0, vec![stopped(1), stopped(2)])).await.unwrap();
    world.append(ticket(2, 0, vec![stopped(1)])).await.unwrap();
    let before = status(world.journal.pool()).await.unwrap();
    assert_eq!((before.head, before.unsettled), (0, 3));
    assert!(before.unsettled_seconds > 0.0);
    let mut conn = world.acting_as(ActingAs::Sequencer).await;
    Leader::take_over(&mut conn).await.unwrap();
    world.settle().await;
    let after = status(world.journal.pool()).await.unwrap();
    assert_eq!((after.head, after.unsettled, after.unsettled_seconds), (3, 0, 0.0));
    assert_eq!(after.epoch, 2);
}

#[tokio::test]
async fn the_leader_is_named_by_its_connection() {
    let world = World::new().await;
    let running = Running::start(&world).await;
    append(&running.journal, ticket(1, 0, vec![stopped(1)])).await.unwrap();
    running.reaches(1).await;
    let leader = status(world.journal.pool()).await.unwrap().leader_pid.unwrap();
    let known = format!("select count(*) from pg_stat_activity where pid = {leader}");
    assert_eq!(number(&mut world.superuser().await, &known).await, 1);
    running.stop().await;
    soon("nobody leads", async {
        while status(world.journal.pool()).await.unwrap().leader_pid.is_some() {}
    })
    .await;
}
