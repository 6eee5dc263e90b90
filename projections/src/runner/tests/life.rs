//! Starting, going on, being shared, losing connections.

use domain::Fact;
use domain::kernel::TicketId;
use uuid::Uuid;

use super::{Running, until};
use crate::read_models;
use crate::runner::{RunnerState, status};
use crate::testing::{World, opened, story};
use crate::tickets::{Scope, count};

#[tokio::test]
async fn every_model_follows_the_log() {
    let world = World::with_story().await;
    let running = Running::start(world.runner());
    let head = story().len() as i64;
    let all = until(&world, |model| model.applied_through == head).await;
    for model in all {
        let known = read_models().into_iter().find(|known| known.name() == model.name).unwrap();
        assert_eq!((model.head, model.lag_events, model.lag_seconds), (head, 0, 0.0));
        let expected = (RunnerState::Running, known.version());
        assert_eq!((model.state, model.version), expected, "{}", model.name);
    }
    let position = running.runner.waiter().position();
    assert_eq!((position.head, position.applied_through, position.lag_events), (head, head, 0));
    running.stop().await;
}

#[tokio::test]
async fn a_runner_goes_on_where_the_last_one_ended() {
    let world = World::with_story().await;
    let running = Running::start(world.runner());
    until(&world, |model| model.lag_events == 0).await;
    running.stop().await;
    world.say(&[more(1), more(2)]).await;
    let head = world.settled().await;
    let behind = status(world.pool()).await.unwrap();
    assert!(behind.iter().any(|model| model.lag_events == 2 && model.lag_seconds > 0.0));
    let running = Running::start(world.runner());
    until(&world, |model| model.applied_through == head).await;
    assert_eq!(count(world.pool(), &Scope::All, None, None).await.unwrap(), 5);
    running.stop().await;
}

#[tokio::test]
async fn lost_connections_end_nothing() {
    let world = World::with_story().await;
    let running = Running::start(world.runner());
    for round in 0..3 {
        // Runners, listener, readers and the sequencer alike.
        world
            .tamper(
                "select pg_terminate_backend(pid) from pg_stat_activity
                 where datname = current_database() and pid <> pg_backend_pid()
                   and application_name = 'annals'",
            )
            .await;
        // The pools notice their dead connections one by one.
        while world.try_say(&more(round)).await.is_err() {}
        while status(world.pool()).await.is_err() {}
        let head = world.settled().await;
        until(&world, |model| model.applied_through == head).await;
    }
    running.stop().await;
}

#[tokio::test]
async fn two_processes_share_the_models_and_one_takes_over() {
    let world = World::unprepared().await;
    let (one, other) = (world.runner(), world.elsewhere().await);
    // At once, and neither fails.
    let (first, second) = tokio::join!(one.prepare(), other.prepare());
    first.unwrap();
    second.unwrap();
    let (one, other) = (Running::start(one), Running::start(other));
    world.say(&story()).await;
    let head = world.settled().await;
    until(&world, |model| model.applied_through == head).await;
    one.stop().await;
    world.say(&[more(1)]).await;
    let head = world.settled().await;
    until(&world, |model| model.applied_through == head).await;
    other.stop().await;
}

fn more(number: u128) -> Fact {
    Fact::Ticket(TicketId(Uuid::from_u128(0x9000 + number)), opened("INC-77", "More"))
}
