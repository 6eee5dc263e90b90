//! Tickets close by themselves, at the second the settings say, on one node or another.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use domain::kernel::{Actor, Source};
use domain::ticket::TicketState;
use domain::ticket::command::Reopen;
use projections::worker::{ImportUnderWay, WorkerLease};
use testbed::{Process, World};
use tokio::time::timeout;

use super::desk::Desk;

fn noon() -> DateTime<Utc> {
    "2031-03-01T12:00:00Z".parse().unwrap()
}

#[tokio::test]
async fn a_ticket_closes_when_nobody_objected_in_time_and_not_a_second_earlier() {
    let mut world = World::demo().await;
    let clock = world.folder().join("clock");
    let set = |at: DateTime<Utc>| fs::write(&clock, at.to_rfc3339()).unwrap();
    set(noon());
    let mut command = world.annals(&["serve", "--demo", "--listen", "127.0.0.1:0"]);
    command.arg("--test-clock").arg(&clock);
    world.serve_by(&mut command);
    let desk = Desk::of(&world).await;
    let mut tickets = Vec::new();
    for seconds in [-1, 0, 0, 0] {
        let ticket = desk.open("agent1").await;
        let at = noon() + TimeDelta::seconds(seconds);
        desk.resolve_at("agent1", (ticket, "FIXED"), Some(at)).await;
        tickets.push(ticket);
    }
    let [earlier, noonday, again, never] = tickets[..] else { panic!("four") };
    let next_day = noon() + TimeDelta::days(1);
    for ticket in [again, never] {
        desk.try_as("agent1", (ticket, Reopen {}.into(), Some(next_day))).await.unwrap();
    }
    desk.resolve_at("agent1", (again, "FIXED"), Some(next_day)).await;

    let three_days = noon() + TimeDelta::days(3);
    set(three_days - TimeDelta::seconds(1));
    desk.becomes(earlier, TicketState::Closed).await;
    assert_eq!(desk.ticket(noonday).await.state, TicketState::Resolved);
    set(three_days);
    let closed = desk.becomes(noonday, TicketState::Closed).await;
    assert_eq!(closed.closed_at, Some(three_days));
    assert_eq!(desk.ticket(again).await.state, TicketState::Resolved, "the last resolution counts");
    set(three_days + TimeDelta::days(1));
    desk.becomes(again, TicketState::Closed).await;
    assert_eq!(desk.ticket(never).await.state, TicketState::InProgress);

    let events = desk.events(noonday).await;
    let last = events.last().unwrap();
    assert_eq!((last.meta.actor, last.meta.source), (Actor::System, Source::Process));
    assert_eq!(last.meta.occurred_at, three_days);
    desk.app.close().await;
}

#[tokio::test]
async fn no_days_mean_the_next_round() {
    let mut world = World::demo().await;
    world.serve();
    let desk = Desk::of(&world).await;
    let ticket = desk.open("agent1").await;
    desk.close_after(0).await;
    desk.resolve("agent1", ticket, "FIXED").await;
    desk.becomes(ticket, TicketState::Closed).await;
    desk.app.close().await;
}

fn second(command: &mut Command) -> Process {
    Process::start(command, "answers at")
}

// Servers start beside the test's node, which has to go on meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn when_one_of_two_servers_is_killed_the_other_goes_on_with_its_work() {
    let mut world = World::demo().await;
    world.serve();
    let mut other = second(&mut world.annals(&["serve", "--listen", "127.0.0.1:0"]));
    let desk = Desk::of(&world).await;
    desk.close_after(0).await;
    let first = desk.open("agent1").await;
    desk.resolve("agent1", first, "FIXED").await;
    desk.becomes(first, TicketState::Closed).await;
    world.server().kill();
    let killed = Instant::now();
    let next = desk.open("agent1").await;
    desk.resolve("agent1", next, "FIXED").await;
    desk.becomes(next, TicketState::Closed).await;
    assert!(killed.elapsed() < Duration::from_secs(10), "{:?}", killed.elapsed());
    // And back: one that starts anew waits for the other, and follows it when it stops.
    world.serve();
    let child = desk.open("agent1").await;
    let parent = desk.open("agent1").await;
    desk.link(parent, child).await;
    other.kill();
    desk.resolve("agent1", parent, "FIXED").await;
    desk.becomes(child, TicketState::Closed).await;
    let stopping = Instant::now();
    assert_eq!(world.take_server().stop("TERM"), 0);
    assert!(stopping.elapsed() < Duration::from_secs(5), "{:?}", stopping.elapsed());
    desk.app.close().await;
}

#[tokio::test]
async fn one_has_the_lease_until_it_lets_go_and_imports_keep_closing_from_beginning() {
    let world = World::demo().await;
    let options = world.options();
    let mut lease = WorkerLease::take(&options, "closing").await.unwrap();
    let competing = WorkerLease::take(&options, "closing");
    assert!(timeout(Duration::from_secs(2), competing).await.is_err());
    let mut another = WorkerLease::take(&options, "processes").await.unwrap();
    another.check().await.unwrap();

    let import = ImportUnderWay::begin(&options).await.unwrap();
    let beside = ImportUnderWay::begin(&options).await.unwrap();
    assert!(!lease.hold_imports().await.unwrap());
    drop((import, beside));
    let free = async { while !lease.hold_imports().await.unwrap() {} };
    timeout(Duration::from_secs(5), free).await.unwrap();
    let waiting = ImportUnderWay::begin(&options);
    assert!(timeout(Duration::from_millis(500), waiting).await.is_err());
    lease.release_imports().await.unwrap();
    ImportUnderWay::begin(&options).await.unwrap();

    drop(lease);
    let taken = timeout(Duration::from_secs(5), WorkerLease::take(&options, "closing")).await;
    taken.unwrap().unwrap();
}
