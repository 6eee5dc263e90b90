//! Samples of closed tickets are drawn once each, by whichever server; imported closings are history.

use std::time::Duration;

use api::gateway::{Caller, Request};
use cqrs_es::Aggregate;
use domain::kernel::{Actor, Source, TicketId};
use domain::settings::command::ChangeQuality;
use domain::settings::{CheckQuestion, SettingsCommand};
use domain::ticket::TicketCommand;
use domain::ticket::command::{Close, Reopen};
use domain::ticket_quality::TicketQuality;
use domain::ticket_quality::sampling::{Purpose, takes};
use journal::StreamEvent;
use testbed::{Process, World};
use tokio::time::{sleep, timeout};

use super::desk::Desk;

async fn rates(desk: &Desk, (survey_percent, check_percent): (u8, u8)) {
    let question = CheckQuestion { question: "Well?".to_owned(), weight: 1 };
    let change =
        ChangeQuality { survey_percent, survey_days: 14, check_percent, checklist: vec![question] };
    let command = SettingsCommand::ChangeQuality(change);
    let request = Request::new(command, domain::settings::STREAM_ID);
    desk.app.gateway.execute(&Caller::system(), request).await.unwrap();
}

async fn closed(desk: &Desk) -> TicketId {
    let ticket = desk.open("agent1").await;
    desk.resolve("agent1", ticket, "FIXED").await;
    desk.act("system", ticket, Close {}).await;
    ticket
}

async fn said(desk: &Desk, ticket: TicketId) -> Vec<StreamEvent> {
    desk.app.gateway.journal().stream(TicketQuality::TYPE, ticket.0, 0).await.unwrap()
}

fn kinds(events: &[StreamEvent]) -> Vec<&str> {
    events.iter().map(|event| event.event_type.as_str()).collect()
}

async fn sampled(desk: &Desk, ticket: TicketId) -> Vec<StreamEvent> {
    let there = async {
        loop {
            let events = said(desk, ticket).await;
            if !events.is_empty() {
                return events;
            }
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(Duration::from_secs(15), there).await.expect("it is in a sample")
}

const BOTH: [&str; 2] = ["ticket_quality.survey_sent", "ticket_quality.check_drawn"];

// Servers start beside the test's node, which has to go on meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn each_closed_ticket_is_looked_at_once_through_restarts_and_with_two_servers() {
    let mut world = World::demo().await;
    let desk = Desk::of(&world).await;
    rates(&desk, (100, 100)).await;
    // Nobody works yet.
    let early = closed(&desk).await;
    let cause = desk.events(early).await.last().unwrap().meta.clone();
    world.serve();
    let events = sampled(&desk, early).await;
    assert_eq!(kinds(&events), BOTH);
    let meta = &events[0].meta;
    assert_eq!((meta.actor, meta.source), (Actor::System, Source::Process));
    assert_eq!(meta.causation_id, Some(cause.command_id));

    let mut other =
        Process::start(&mut world.annals(&["serve", "--listen", "127.0.0.1:0"]), "answers at");
    world.server().kill();
    let later = closed(&desk).await;
    assert_eq!(kinds(&sampled(&desk, later).await), BOTH);
    // Resolved twice, closed once.
    let again = desk.open("agent1").await;
    desk.resolve("agent1", again, "FIXED").await;
    desk.act("agent1", again, Reopen {}).await;
    desk.resolve("agent1", again, "FIXED").await;
    desk.act("system", again, Close {}).await;
    sampled(&desk, again).await;
    other.kill();
    world.serve();
    let last = closed(&desk).await;
    sampled(&desk, last).await;
    for ticket in [early, later, again, last] {
        assert_eq!(kinds(&said(&desk, ticket).await), BOTH);
    }
    desk.app.close().await;
}

// As above.
#[tokio::test(flavor = "multi_thread")]
async fn who_is_asked_follows_from_the_ticket_and_imported_closings_are_history() {
    let mut world = World::demo().await;
    let desk = Desk::of(&world).await;
    rates(&desk, (40, 0)).await;
    let imported = desk.open("agent1").await;
    desk.resolve("agent1", imported, "FIXED").await;
    let close = Request::new(TicketCommand::Close(Close {}), imported.0);
    let close = close.correlated(desk.app.gateway.new_id());
    desk.app.gateway.execute(&Caller::import(), close).await.unwrap();
    let mut tickets = Vec::new();
    for _ in 0..8 {
        tickets.push(closed(&desk).await);
    }
    // Everything before it is looked at when this one is.
    let last = loop {
        let ticket = closed(&desk).await;
        if takes(Purpose::Survey, 40, ticket) {
            break ticket;
        }
        tickets.push(ticket);
    };
    world.serve();
    sampled(&desk, last).await;
    for ticket in tickets {
        let expected = if takes(Purpose::Survey, 40, ticket) { &BOTH[..1] } else { &[] };
        assert_eq!(kinds(&said(&desk, ticket).await), expected, "{ticket}");
    }
    assert!(said(&desk, imported).await.is_empty());
    desk.app.close().await;
}
