//! In which order an append takes what others may hold, and what comes of a deadlock all the same.

use std::time::Duration;

use domain::kernel::{ClaimChange, ClaimKey};
use sqlx::PgConnection;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::append::{Append, AppendError, ClaimOf, Receipt};
use crate::testing::{World, id, number, run, soon, stock_event, stopped, ticket};

/// Somebody outside, who is never the one that the server ends a deadlock at.
async fn stubborn(world: &World) -> PgConnection {
    let mut outside = world.superuser().await;
    run(&mut outside, "set deadlock_timeout = '10min'; begin").await.unwrap();
    outside
}

async fn begin(world: &World, append: Append) -> JoinHandle<Result<Receipt, AppendError>> {
    let journal = world.another().await;
    tokio::spawn(async move { journal.append(&append).await })
}

/// Until somebody in this database waits for somebody else.
async fn somebody_waits(world: &World) {
    let waiting = "select count(*) from pg_stat_activity
                   where datname = current_database() and wait_event_type = 'Lock'";
    let mut conn = world.superuser().await;
    soon("somebody waits", async {
        while number(&mut conn, waiting).await == 0 {
            sleep(Duration::from_millis(1)).await;
        }
    })
    .await;
}

fn of_streams(streams: [u128; 2]) -> Append {
    let streams = streams.map(|stream| ticket(stream, 0, vec![stopped(1)]));
    Append { streams: streams.into(), ..Append::default() }
}

fn of_claims(stream: u128, keys: &[&str]) -> Append {
    let hold = |key: &&str| ClaimOf {
        aggregate_type: "ticket",
        aggregate_id: id(stream),
        change: ClaimChange::Hold { scope: "x", key: ClaimKey::Plain((*key).to_owned()) },
    };
    Append { claims: keys.iter().map(hold).collect(), ..Append::default() }
}

#[tokio::test]
async fn streams_are_taken_in_one_order_whichever_they_are_named_in() {
    let world = World::new().await;
    let mut outside = stubborn(&world).await;
    stock_event(&mut outside, id(1), 1).await;
    let both = begin(&world, of_streams([2, 1])).await;
    somebody_waits(&world).await;
    // It waits for the first stream, and has not taken the second yet.
    let alone = world.append(ticket(2, 0, vec![stopped(1)]));
    soon("the second stream is free", alone).await.unwrap();
    run(&mut outside, "commit").await.unwrap();
    let outcome = soon("the append ends", both).await.unwrap();
    assert!(matches!(outcome, Err(AppendError::Stale { .. })), "{outcome:?}");
}

#[tokio::test]
async fn claims_are_taken_in_one_order_whichever_they_are_named_in() {
    let world = World::new().await;
    let mut outside = stubborn(&world).await;
    let hold = "insert into journal.claims values ('x', 'a', 'ticket', 'outside')";
    run(&mut outside, hold).await.unwrap();
    let both = begin(&world, of_claims(1, &["b", "a"])).await;
    somebody_waits(&world).await;
    let alone = of_claims(2, &["b"]);
    soon("the second key is free", world.journal.append(&alone)).await.unwrap();
    run(&mut outside, "rollback").await.unwrap();
    let outcome = soon("the append ends", both).await.unwrap();
    assert!(matches!(outcome, Err(AppendError::ClaimTaken { .. })), "{outcome:?}");
}

#[tokio::test]
async fn an_append_that_the_server_ends_for_a_deadlock_is_tried_again() {
    let world = World::new().await;
    let mut outside = stubborn(&world).await;
    stock_event(&mut outside, id(2), 1).await;
    let both = begin(&world, of_streams([1, 2])).await;
    somebody_waits(&world).await;
    // Now each waits for the other, until the server ends the append.
    soon("the first stream is free", stock_event(&mut outside, id(1), 1)).await;
    run(&mut outside, "rollback").await.unwrap();
    let receipt = soon("the append ends", both).await.unwrap().unwrap();
    assert_eq!(receipt.streams.len(), 2);
    assert_eq!(world.number("select count(*) from journal.events").await, 2);
}
