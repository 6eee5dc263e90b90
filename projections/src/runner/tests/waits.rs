//! Read-your-writes.

use std::time::Duration;

use super::{LONG, Running};
use crate::runner::Stale;
use crate::testing::{World, story};
use crate::tickets::{Scope, count};

#[tokio::test]
async fn a_waiter_waits_until_the_rows_are_there() {
    let world = World::new().await;
    let token = world.say(&story()).await;
    let runner = world.runner();
    let waiter = runner.waiter();
    let waiting = tokio::spawn({
        let waiter = waiter.clone();
        async move { waiter.passed("tickets", token, LONG).await }
    });
    world.settled().await;
    let short = Duration::from_millis(60);
    let lag_events = story().len() as i64;
    assert_eq!(waiter.passed("tickets", token, short).await, Err(Stale { lag_events }));
    assert!(!waiting.is_finished());
    let running = Running::start(runner);
    assert_eq!(waiting.await.unwrap(), Ok(()));
    assert_eq!(count(world.pool(), &Scope::All, None, None).await.unwrap(), 3);
    running.stop().await;
}

#[tokio::test]
async fn a_waiter_sees_what_another_process_applied() {
    let world = World::new().await;
    let running = Running::start(world.elsewhere().await);
    let waiter = world.runner().waiter();
    let token = world.say(&story()).await;
    for model in ["tickets", "timeline", "people", "units", "subjects", "directory", "notices"] {
        assert_eq!(waiter.passed(model, token, LONG).await, Ok(()), "{model}");
    }
    running.stop().await;
}

#[tokio::test]
async fn a_token_of_no_event_is_passed_with_the_end_of_the_log() {
    let world = World::with_story().await;
    let running = Running::start(world.runner());
    let waiter = running.runner.waiter();
    assert_eq!(waiter.passed("tickets", journal::PositionToken::default(), LONG).await, Ok(()));
    assert_eq!(count(world.pool(), &Scope::All, None, None).await.unwrap(), 3);
    let never = journal::PositionToken { xid: i64::MAX, position: 1 };
    let stale = waiter.passed("tickets", never, Duration::from_millis(60)).await;
    assert_eq!(stale, Err(Stale { lag_events: 1 }));
    running.stop().await;
}
