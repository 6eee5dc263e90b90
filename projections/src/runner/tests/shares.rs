//! Slots, fencing, pausing.

use std::time::Duration;

use domain::Fact;
use domain::kernel::TicketId;
use tokio::time::timeout;
use uuid::Uuid;

use super::{LONG, Running, as_made_anew, until};
use crate::model::{ReadModel, Step};
use crate::runner::RunnerState;
use crate::runner::pause::{Paused, pause, resume};
use crate::schema::{self, live};
use crate::session;
use crate::slots;
use crate::testing::{World, opened};
use crate::tickets::Tickets;

fn more(number: u128) -> Fact {
    Fact::Ticket(TicketId(Uuid::from_u128(0x9000 + number)), opened("INC-77", "More"))
}

#[test]
fn streams_spread_over_slots_and_always_the_same_way() {
    let ids: Vec<String> = (0..64u128).map(|n| Uuid::from_u128(n).to_string()).collect();
    for (of, least) in [(1, 64), (2, 16), (4, 6)] {
        for slot in 0..of {
            assert!(ids.iter().filter(|id| slots::of(id, of) == slot).count() >= least);
        }
    }
    // Stored progress depends on it.
    assert_eq!(["", "a", "annals"].map(|id| slots::of(id, 7)), [2, 5, 4]);
}

#[tokio::test]
async fn slots_of_another_layout_are_brought_to_one_place_first() {
    let world = World::with_story().await;
    for n in 0..20 {
        world.say(&[more(n)]).await;
    }
    let head = world.settled().await;
    // Three slots, each somewhere else: what a version with three had done when it ended.
    world
        .tamper(
            "delete from view_tickets.progress;
             insert into view_tickets.progress values (0, 0, 101), (1, 0, 102), (2, 0, 103);",
        )
        .await;
    let mut conn = session::open(&world.options, &live("tickets")).await.unwrap();
    let journal = &world.journal;
    for (slot, to) in [(1u8, head - 3), (2, 7)] {
        let mut log = journal::read::LogReader::after(journal.keyring(), journal.upcasters(), 0);
        let mut batch = log.page(&mut conn, to, 1_000).await.unwrap();
        batch.retain(|recorded| {
            recorded.event.aggregate_type == "ticket"
                && slots::of(&recorded.event.aggregate_id, 3) == slot
        });
        let step = Step { from: 0, to, epoch: 101 + i64::from(slot), fresh: false };
        assert!(Tickets::default().apply(&mut conn, &batch, step).await.unwrap());
    }
    let running = Running::start(world.runner());
    let all = until(&world, |model| model.applied_through == head).await;
    let tickets = all.iter().find(|model| model.name == "tickets").unwrap();
    assert_eq!(tickets.slots, i64::from(Tickets::default().slots()));
    as_made_anew(&world).await;
    running.stop().await;
}

#[tokio::test]
async fn a_terminated_holder_writes_nothing_more() {
    let world = World::with_story().await;
    let running = Running::start(world.runner());
    let head = world.settled().await;
    until(&world, |model| model.applied_through == head).await;
    // A holder of before, paused in the middle of a batch.
    let mut conn = session::open(&world.options, &live("tickets")).await.unwrap();
    let rows = slots::raise(&mut conn, &Tickets::default()).await.unwrap();
    world.say(&[more(1)]).await;
    let head = world.settled().await;
    until(&world, |model| model.applied_through == head).await;
    for row in rows {
        let step = Step { from: row.applied_through, to: head, epoch: row.epoch, fresh: false };
        assert!(!Tickets::default().apply(&mut conn, &[], step).await.unwrap());
    }
    running.stop().await;
}

#[tokio::test]
async fn of_two_runners_one_takes_over_when_the_other_loses_its_connections() {
    let world = World::with_story().await;
    let (one, other) = (Running::start(world.runner()), Running::start(world.elsewhere().await));
    for round in 0..3 {
        world
            .tamper(
                "select pg_terminate_backend(l.pid) from pg_locks l
                 where l.locktype = 'advisory' and l.granted
                   and l.database = (select oid from pg_database where datname = current_database())
                   and l.classid = x'616e6c01'::integer::oid",
            )
            .await;
        world.say(&[more(round)]).await;
        let head = world.settled().await;
        until(&world, |model| model.applied_through == head).await;
    }
    as_made_anew(&world).await;
    one.stop().await;
    other.stop().await;
}

#[tokio::test]
async fn a_paused_model_stands_until_it_is_resumed() {
    let world = World::with_story().await;
    let running = Running::start(world.elsewhere().await);
    let head = world.settled().await;
    until(&world, |model| model.applied_through == head).await;
    assert_eq!(pause(world.pool(), "directory", "me", "x").await.unwrap(), Paused::Inline);
    assert_eq!(pause(world.pool(), "nothing", "me", "x").await.unwrap(), Paused::Unknown);
    assert_eq!(pause(world.pool(), "people", "me", "a look").await.unwrap(), Paused::Done);
    let waiter = running.runner.waiter();
    let heard = async {
        while running.runner.shared.is_paused("people") != Some(true) {
            tokio::task::yield_now().await;
        }
    };
    timeout(LONG, heard).await.unwrap();
    let token = world.say(&[more(1)]).await;
    let all = until(&world, |model| {
        let stands = model.state == RunnerState::Paused && model.applied_through == head;
        if model.name == "people" { stands } else { model.lag_events == 0 }
    })
    .await;
    let people = all.iter().find(|model| model.name == "people").unwrap();
    assert_eq!(people.paused.as_ref().unwrap().reason, "a look");
    // What somebody has stopped is no reason to wait.
    assert_eq!(waiter.caught_up(LONG).await, Ok(()));
    assert!(waiter.passed("people", token, Duration::from_millis(50)).await.is_err());
    assert_eq!(resume(world.pool(), "people", "me").await.unwrap(), Paused::Done);
    assert_eq!(waiter.passed("people", token, LONG).await, Ok(()));
    until(&world, |model| model.state == RunnerState::Running).await;
    let mut conn = session::open(&world.options, "read").await.unwrap();
    assert!(schema::applied_through(&mut conn, &live("people")).await.unwrap() >= head);
    running.stop().await;
}
