//! An event that cannot be applied.

use super::{Running, until};
use crate::runner::RunnerState;
use crate::testing::{World, story};
use crate::tickets::{Scope, count};

#[tokio::test]
async fn a_model_halts_at_an_event_of_its_own_that_it_cannot_read_and_says_so() {
    let world = World::new().await;
    world.say(&story()).await;
    let good = world.settled().await;
    world
        .tamper(
            r#"insert into journal.events
                 (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata)
               values ('ticket', gen_random_uuid(), 1, 'ticket.teleported', '1', '{}', '{}')"#,
        )
        .await;
    world.journal.head().wait_for(|head| *head > good).await.unwrap();
    let running = Running::start(world.runner());
    let concerned = ["timeline", "conversation", "search", "notices", "sla_timers", "ticket_items"];
    let all = until(&world, |model| {
        if concerned.contains(&model.name.as_str()) {
            model.state == RunnerState::Halted
        } else {
            model.state == RunnerState::Running && model.lag_events == 0
        }
    })
    .await;
    for model in all.iter().filter(|model| concerned.contains(&model.name.as_str())) {
        // Everything before it is there.
        assert_eq!((model.applied_through, model.lag_events), (good, 1), "{}", model.name);
        let error = model.last_error.as_deref().unwrap();
        assert!(error.contains("ticket.teleported"), "{error}");
        assert!(model.failing_since.is_some());
    }
    assert_eq!(count(world.pool(), &Scope::All, None, None).await.unwrap(), 3);
    running.stop().await;
}

#[tokio::test]
async fn one_model_s_error_is_not_another_s() {
    let world = World::with_story().await;
    world.tamper("drop table view_people.people").await;
    let running = Running::start(world.runner());
    until(&world, |model| {
        let halted = model.state == RunnerState::Halted;
        if model.name == "people" { halted } else { !halted && model.lag_events == 0 }
    })
    .await;
    running.stop().await;
}
