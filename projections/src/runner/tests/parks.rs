//! Events that cannot be applied: their streams wait, everything else goes on.

use domain::Fact;
use domain::kernel::TicketId;
use domain::ticket::TicketEvent;
use domain::ticket::event::{Resumed, WorkStarted};
use journal::read::LogReader;
use uuid::Uuid;

use super::{Running, as_made_anew, until};
use crate::compare::compare;
use crate::dead_letters::{By, DeadLetter, Decided, Decision, Found, Resolution, list, park};
use crate::model::Step;
use crate::runner::RunnerState;
use crate::schema::live;
use crate::session;
use crate::slots;
use crate::testing::{AGENT, TICKET, World, opened};
use crate::tickets::{Scope, Tickets, by_id};

const OTHER: TicketId = TicketId(Uuid::from_u128(0x7777));

/// Who decides in these tests.
fn by() -> By {
    By { who: "a test".to_owned(), reason: Some("because".to_owned()) }
}

fn resumed(ticket: TicketId) -> Fact {
    Fact::Ticket(ticket, TicketEvent::Resumed(Resumed {}))
}

fn started(ticket: TicketId) -> Fact {
    Fact::Ticket(ticket, TicketEvent::WorkStarted(WorkStarted { holder: AGENT }))
}

/// The tickets view says everything the log does, parked streams aside.
async fn passed(world: &World) {
    let head = world.settled().await;
    until(world, |model| model.name != "tickets" || model.applied_through == head).await;
}

async fn open_letters(world: &World) -> Vec<DeadLetter> {
    let found = Found { projection: Some("tickets".to_owned()), open: Some(true) };
    list(world.pool(), &found, None, 100).await.unwrap()
}

/// A history whose ticket has an unreadable event, with two more behind it.
async fn poisoned() -> (World, i64) {
    let world = World::with_story().await;
    world.say(&[started(TICKET)]).await;
    let poison = world.settled().await;
    world.say(&[resumed(TICKET), started(TICKET)]).await;
    world.say(&[Fact::Ticket(OTHER, opened("INC-70", "Fine")), started(OTHER)]).await;
    world.settled().await;
    world.damage(poison).await;
    (world, poison)
}

#[tokio::test]
async fn a_poison_event_parks_its_stream_alone_until_a_retry_succeeds() {
    let (world, poison) = poisoned().await;
    let running = Running::start(world.runner());
    passed(&world).await;
    let [letter] = &open_letters(&world).await[..] else { panic!("one stream waits") };
    assert_eq!((letter.global_seq, letter.behind), (poison, 2));
    assert_eq!(letter.aggregate_id, TICKET.0.to_string());
    let other = by_id(world.pool(), OTHER, &Scope::All).await.unwrap().unwrap();
    assert_eq!(other.holder_id, Some(AGENT));
    // What comes later waits too, also for a runner that begins now.
    running.stop().await;
    let running = Running::start(world.elsewhere().await);
    world.say(&[resumed(TICKET), resumed(OTHER)]).await;
    passed(&world).await;
    let waiting = by_id(world.pool(), TICKET, &Scope::All).await.unwrap().unwrap();
    assert_eq!(waiting.version, 13);
    let letters = world.runner().dead_letters();
    let failed = letters.decide(letter.id, Decision::Retry, &by()).await.unwrap();
    let Decided::Failed(failed) = failed else { panic!("{failed:?}") };
    assert_eq!((failed.attempts, failed.behind), (2, 3));
    world.repair().await;
    let settled = letters.decide(letter.id, Decision::Retry, &by()).await.unwrap();
    let Decided::Settled(settled) = settled else { panic!("{settled:?}") };
    let how = settled.settled.unwrap();
    assert_eq!((how.how, how.by.as_deref()), (Resolution::Retried, Some("a test")));
    let again = letters.decide(letter.id, Decision::Discard, &by()).await.unwrap();
    assert!(matches!(again, Decided::Before(_)));
    // Whoever keeps the view has heard of it.
    world.say(&[started(TICKET)]).await;
    passed(&world).await;
    assert_eq!(open_letters(&world).await, []);
    as_made_anew(&world).await;
    running.stop().await;
}

#[tokio::test]
async fn a_discarded_event_is_left_out_and_those_behind_it_are_applied() {
    let (world, _) = poisoned().await;
    let running = Running::start(world.runner());
    passed(&world).await;
    let letter = open_letters(&world).await.remove(0);
    let letters = world.runner().dead_letters();
    let settled = letters.decide(letter.id, Decision::Discard, &by()).await.unwrap();
    assert!(matches!(settled, Decided::Settled(_)), "{settled:?}");
    passed(&world).await;
    let row = by_id(world.pool(), TICKET, &Scope::All).await.unwrap().unwrap();
    assert_eq!(row.holder_id, Some(AGENT));
    assert_eq!(open_letters(&world).await, []);
    running.stop().await;
}

#[tokio::test]
async fn resolving_makes_a_damaged_row_anew() {
    let world = World::with_story().await;
    let running = Running::start(world.runner());
    passed(&world).await;
    world
        .tamper(&format!(
            "update view_tickets.tickets set priority = 77 where ticket_id = '{}'",
            TICKET.0
        ))
        .await;
    world.say(&[started(TICKET), Fact::Ticket(OTHER, opened("INC-70", "Fine"))]).await;
    passed(&world).await;
    assert!(by_id(world.pool(), OTHER, &Scope::All).await.unwrap().is_some());
    let letter = open_letters(&world).await.remove(0);
    let letters = world.runner().dead_letters();
    let failed = letters.decide(letter.id, Decision::Retry, &by()).await.unwrap();
    assert!(matches!(failed, Decided::Failed(_)), "{failed:?}");
    let settled = letters.decide(letter.id, Decision::Resolve, &by()).await.unwrap();
    assert!(matches!(settled, Decided::Settled(_)), "{settled:?}");
    world.say(&[resumed(TICKET)]).await;
    passed(&world).await;
    as_made_anew(&world).await;
    running.stop().await;
}

#[tokio::test]
async fn a_second_poison_event_parks_the_stream_again_where_it_stands() {
    let (world, poison) = poisoned().await;
    world.damage(poison + 2).await;
    let running = Running::start(world.runner());
    passed(&world).await;
    let letter = open_letters(&world).await.remove(0);
    let letters = world.runner().dead_letters();
    let further = letters.decide(letter.id, Decision::Discard, &by()).await.unwrap();
    let Decided::Further { next, .. } = further else { panic!("{further:?}") };
    assert_eq!(next.global_seq, poison + 2);
    assert_eq!(open_letters(&world).await, [*next]);
    running.stop().await;
}

#[tokio::test]
async fn whoever_dies_between_parking_and_going_on_has_parked_once() {
    let (world, poison) = poisoned().await;
    let mut conn = session::open(&world.options, &live("tickets")).await.unwrap();
    let journal = &world.journal;
    let mut log = LogReader::after(journal.keyring(), journal.upcasters(), poison - 1);
    let entry = log.entries(&mut conn, poison, 1).await.unwrap().remove(0);
    // No runner has shared it among slots yet.
    let stale = slots::raise(&mut conn, &Tickets::default()).await.unwrap()[0].epoch;
    // Fenced like a write.
    let epoch = slots::raise(&mut conn, &Tickets::default()).await.unwrap()[0].epoch;
    let step = |epoch| Step { from: 0, to: 0, epoch, fresh: false };
    assert!(!park(&mut conn, &Tickets::default(), &entry, "x", step(stale)).await.unwrap());
    assert_eq!(open_letters(&world).await, []);
    for _ in 0..2 {
        assert!(park(&mut conn, &Tickets::default(), &entry, "x", step(epoch)).await.unwrap());
    }
    // It died there: events before the poison one are still to be applied.
    let running = Running::start(world.runner());
    passed(&world).await;
    let letter = open_letters(&world).await.remove(0);
    assert_eq!((letter.global_seq, letter.behind), (poison, 2));
    world.repair().await;
    let letters = world.runner().dead_letters();
    letters.decide(letter.id, Decision::Retry, &by()).await.unwrap();
    as_made_anew(&world).await;
    running.stop().await;
}

#[tokio::test]
async fn what_waits_and_what_was_left_out_are_no_differences() {
    let (world, _) = poisoned().await;
    let running = Running::start(world.runner());
    passed(&world).await;
    let compared = async || {
        let mut conn = world.pool().begin().await.unwrap();
        compare(&mut conn, &world.journal, &Tickets::default(), |_, _| {}).await.unwrap().different
    };
    assert_eq!(compared().await, 0);
    let letter = open_letters(&world).await.remove(0);
    let letters = world.runner().dead_letters();
    letters.decide(letter.id, Decision::Discard, &by()).await.unwrap();
    passed(&world).await;
    assert_eq!(compared().await, 0);
    running.stop().await;
}

#[tokio::test]
async fn a_structure_that_is_gone_halts_and_parks_nothing() {
    let world = World::with_story().await;
    world.tamper("alter table view_tickets.tickets rename to elsewhere").await;
    let running = Running::start(world.runner());
    until(&world, |model| model.name != "tickets" || model.state == RunnerState::Halted).await;
    assert_eq!(open_letters(&world).await, []);
    world.tamper("alter table view_tickets.elsewhere rename to tickets").await;
    passed(&world).await;
    until(&world, |model| model.name != "tickets" || model.state == RunnerState::Running).await;
    as_made_anew(&world).await;
    running.stop().await;
}
