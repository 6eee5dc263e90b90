//! Rebuilding beside live traffic.

mod jobs;
mod swaps;

use std::sync::Arc;

use domain::Fact;
use domain::kernel::{PersonId, TicketId};
use domain::person::PersonEvent;
use tokio::sync::watch;
use uuid::Uuid;

use super::{Begin, NONE, Order, RebuildReport, rebuild, rebuild_as};
use crate::error::ProjectionError;
use crate::model::ReadModel;
use crate::schema::{Lock, exists, live, next, old, try_lock};
use crate::testing::{AGENT, TICKET, World, at, opened, story};
use crate::tickets::{Scope, Tickets, by_id, count};
use crate::{directory, read_models, session};

#[tokio::test]
async fn a_rebuild_repairs_what_was_altered_and_says_so() {
    let world = World::with_story().await;
    world.project().await;
    world.tamper("update view_tickets.tickets set title = 'forged'").await;
    let mut heard = Vec::new();
    let report = rebuild(&world.journal, &world.options, &tickets(), |done, total| {
        heard.push((done, total));
    })
    .await
    .unwrap();
    assert_ne!(report.digest_before, report.digest_after);
    assert_eq!((report.equal(), report.rows), (Some(false), 3));
    assert_eq!(heard.last(), Some(&(report.events, report.events)));
    let row = by_id(world.pool(), TICKET, &Scope::All).await.unwrap().unwrap();
    assert_eq!(row.title, "The line is dead");
    let mut conn = session::open(&world.options, "read").await.unwrap();
    assert!(!exists(&mut conn, &next("tickets")).await.unwrap());
    // To go back to.
    assert!(exists(&mut conn, &old("tickets")).await.unwrap());
}

#[tokio::test]
async fn rebuilds_go_on_while_tickets_are_opened_and_lose_none() {
    let world = World::with_story().await;
    let runner = world.runner();
    let (stop, stopped) = watch::channel(false);
    let running = tokio::spawn(std::sync::Arc::clone(&runner).run(stopped));
    let waiter = runner.waiter();
    for round in 0..6u128 {
        let (journal, options) = (world.journal.clone(), world.options.clone());
        let rebuilding = tokio::spawn(async move {
            for model in read_models() {
                rebuild(&journal, &options, &model, |_, _| {}).await.unwrap();
            }
        });
        let mut number = round * 1_000;
        while !rebuilding.is_finished() {
            number += 1;
            let person = PersonId(Uuid::from_u128(0xa000 + number));
            let token = world
                .say(&[
                    Fact::Ticket(TicketId(Uuid::from_u128(0x8000 + number)), opened("INC-2", "x")),
                    registered(person),
                ])
                .await;
            // Its row is there at once, whether before, during or after the swap.
            let principal = directory::principal(world.pool(), person, at(0)).await.unwrap();
            assert!(principal.is_some());
            let passed = waiter.passed("tickets", token, std::time::Duration::from_secs(10)).await;
            assert_eq!(passed, Ok(()));
            let ticket = TicketId(Uuid::from_u128(0x8000 + number));
            assert!(by_id(world.pool(), ticket, &Scope::All).await.unwrap().is_some());
        }
        rebuilding.await.unwrap();
    }
    stop.send_replace(true);
    running.await.unwrap();
    for model in read_models() {
        let report = rebuild(&world.journal, &world.options, &model, |_, _| {}).await.unwrap();
        assert_eq!(report.digest_before, report.digest_after, "{}", model.name());
    }
}

#[tokio::test]
async fn a_rebuild_makes_tables_that_are_gone_or_of_another_version() {
    let world = World::with_story().await;
    for model in read_models() {
        let schema = live(model.name());
        world.tamper(&format!("drop schema {schema} cascade")).await;
    }
    world
        .tamper("update read.projections set version = 77 where name in ('people', 'directory')")
        .await;
    world.runner().prepare().await.unwrap();
    // Made by a rebuild: complete, though no runner runs.
    assert_eq!(count(world.pool(), &Scope::All, None, None).await.unwrap(), 3);
    assert!(directory::principal(world.pool(), AGENT, at(0)).await.unwrap().is_some());
    world.tamper("update read.projections set version = 77").await;
    let report = rebuild(&world.journal, &world.options, &tickets(), |_, _| {}).await.unwrap();
    assert_eq!((report.digest_before.as_str(), report.rows), (NONE, 3));
}

#[tokio::test]
async fn a_model_is_rebuilt_by_one_at_a_time() {
    let world = World::with_story().await;
    let mut other = session::open(&world.options, "read").await.unwrap();
    assert!(try_lock(&mut other, Lock::Rebuild, Tickets::default().name()).await.unwrap());
    let refused = rebuild(&world.journal, &world.options, &tickets(), |_, _| {}).await;
    assert!(matches!(refused, Err(ProjectionError::Busy("tickets"))));
}

fn tickets() -> Arc<dyn ReadModel> {
    Arc::new(Tickets::default())
}

/// A rebuild that begins so, and whoever can stop it.
async fn ordered(
    world: &World,
    model: &Arc<dyn ReadModel>,
    begin: Begin,
    stop: watch::Receiver<bool>,
) -> Result<RebuildReport, ProjectionError> {
    let order = Order { begin, workers: 3, requested_by: "a test".to_owned(), stop };
    rebuild_as(&world.journal, &world.options, model, order, |_, _| {}).await
}

/// One that nobody stops.
async fn begun(
    world: &World,
    model: &Arc<dyn ReadModel>,
    begin: Begin,
) -> Result<RebuildReport, ProjectionError> {
    let (_running, stop) = watch::channel(false);
    ordered(world, model, begin, stop).await
}

fn registered(id: PersonId) -> Fact {
    story()
        .into_iter()
        .find_map(|fact| match fact {
            Fact::Person(_, event @ PersonEvent::Registered(_)) => Some(Fact::Person(id, event)),
            _ => None,
        })
        .unwrap()
}
