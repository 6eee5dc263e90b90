//! Edits of plans and calendars reach open tickets, each once, and nobody else.

use std::collections::BTreeSet;
use std::process::Command;

use chrono::TimeDelta;
use cqrs_es::{Aggregate, DomainEvent};
use domain::Fact;
use domain::kernel::{CalendarId, SlaPlanId, TicketId};
use domain::sla::{CalendarVersion, ChangePolicy, PauseState, Terms, TermsCause};
use domain::ticket::command::{Cancel, Close, Pend, Reopen, StartWork};
use domain::ticket::event::SlaTermsRestated;
use domain::ticket::{PendingReason, Ticket, TicketEvent};
use futures_util::future::join_all;
use journal::{Append, NewEvent, StreamAppend, StreamEvent};
use strum::IntoEnumIterator;
use testbed::{Process, World};

use super::desk::Desk;
use super::measured::plan;

/// The terms a ticket came under later, and why.
async fn restated(desk: &Desk, ticket: TicketId) -> Vec<SlaTermsRestated> {
    let events = desk.events(ticket).await;
    let told = events.iter().filter_map(|event| match event.fact().unwrap() {
        Fact::Ticket(_, TicketEvent::SlaTermsRestated(it)) => Some(it),
        _ => None,
    });
    told.collect()
}

async fn terms(desk: &Desk, ticket: TicketId) -> Terms {
    *desk.ticket(ticket).await.sla.unwrap()
}

/// The versions of plan and calendar.
fn versions(terms: &Terms) -> (i64, i64) {
    (terms.plan_version, terms.deadline.calendar.unwrap().version)
}

async fn new_calendar(desk: &Desk) -> CalendarId {
    let id = CalendarId(desk.app.gateway.new_id());
    desk.open_to(id, 12).await;
    id
}

/// Under this plan: somebody has to do something about the first ones, not about the others.
async fn tickets(desk: &Desk, plan: SlaPlanId) -> (Vec<TicketId>, Vec<TicketId>) {
    let unit = desk.unit_of("agent1").await;
    let open = async || desk.open_under(plan, Some(unit)).await;
    let [fresh, held, pending] = [open().await, open().await, open().await];
    desk.act("agent1", held, StartWork { holder: None }).await;
    let pend = Pend { pending_reason: PendingReason::Vendor, until: None };
    desk.act("system", pending, pend).await;
    let [resolved, closed, cancelled] = [open().await, open().await, open().await];
    desk.resolve("agent1", resolved, "FIXED").await;
    desk.resolve("agent1", closed, "FIXED").await;
    desk.act("system", closed, Close {}).await;
    desk.act("system", cancelled, Cancel {}).await;
    (vec![fresh, held, pending], vec![resolved, closed, cancelled])
}

#[tokio::test]
async fn an_edit_reaches_open_tickets_once_under_each_policy() {
    let mut world = World::demo().await;
    world.serve();
    let desk = Desk::of(&world).await;
    for policy in ChangePolicy::iter() {
        let calendar = new_calendar(&desk).await;
        let id = desk.new_plan(plan(policy, Some(calendar))).await;
        let other = desk.new_plan(plan(policy, None)).await;
        let apart = desk.open_under(other, None).await;
        let (open, done) = tickets(&desk, id).await;
        desk.open_to(calendar, 16).await;
        let reached = async |expected| {
            let all = join_all(open.iter().map(|ticket| terms(&desk, *ticket))).await;
            all.iter().all(|it| versions(it) == expected)
        };
        desk.until("the calendar's edit", async || reached((1, 2)).await).await;
        let mut define = plan(policy, Some(calendar));
        define.deadline.pause_states = [PauseState::Pending].into();
        desk.define(id, define).await;
        desk.until("the plan's edit", async || reached((2, 2)).await).await;
        for ticket in &open {
            let told = restated(&desk, *ticket).await;
            let causes: Vec<TermsCause> = told.iter().map(|it| it.cause).collect();
            assert_eq!(causes, [TermsCause::CalendarEdit, TermsCause::PlanEdit], "{policy}");
            assert!(told.iter().all(|it| it.terms.as_ref().unwrap().policy == policy));
        }
        for ticket in &done {
            assert!(restated(&desk, *ticket).await.is_empty(), "{policy}");
            assert_eq!(versions(&terms(&desk, *ticket).await), (1, 1));
        }
        assert!(restated(&desk, apart).await.is_empty(), "the edit is not about it");
        // Reopened, it goes on under its terms; the next edit reaches it.
        desk.act("agent1", done[0], Reopen {}).await;
        desk.open_to(calendar, 18).await;
        let newest = async || versions(&terms(&desk, done[0]).await) == (2, 3);
        desk.until("the next edit", newest).await;
    }
    desk.app.close().await;
}

fn server(world: &World) -> Process {
    let mut command: Command = world.annals(&["serve", "--listen", "127.0.0.1:0"]);
    Process::start(&mut command, "answers at")
}

// Servers start beside the test's node, which has to go on meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn edits_while_tickets_are_opened_leave_none_behind_whoever_is_killed() {
    let mut world = World::demo().await;
    world.serve();
    let mut other = server(&world);
    let desk = Desk::of(&world).await;
    let calendar = new_calendar(&desk).await;
    let id = desk.new_plan(plan(ChangePolicy::Restate, Some(calendar))).await;
    let mut opened = join_all((0..40).map(|_| desk.open_under(id, None))).await;
    for hour in 13..17 {
        let opening = join_all((0..25).map(|_| desk.open_under(id, None)));
        let (more, ()) = tokio::join!(opening, desk.open_to(calendar, hour));
        opened.extend(more);
        if hour == 14 {
            world.server().kill();
        }
    }
    let newest = async || {
        let all = join_all(opened.iter().map(|ticket| terms(&desk, *ticket))).await;
        all.iter().all(|it| versions(it) == (1, 5))
    };
    desk.until("everybody is under the newest hours", newest).await;
    for ticket in &opened {
        let told = restated(&desk, *ticket).await;
        let later = told.iter().map(|it| versions(it.terms.as_ref().unwrap()));
        let later: Vec<(i64, i64)> = later.collect();
        let distinct: BTreeSet<(i64, i64)> = later.iter().copied().collect();
        assert!(later.is_sorted() && distinct.len() == later.len(), "never back, once: {later:?}");
        assert!(told.iter().all(|it| it.cause == TermsCause::CalendarEdit));
    }
    other.kill();
    desk.app.close().await;
}

/// As by a node that decided before the edit, and was appended behind it.
#[tokio::test]
async fn who_was_told_older_terms_behind_the_edit_is_reached_as_well() {
    let mut world = World::demo().await;
    world.serve();
    let desk = Desk::of(&world).await;
    let calendar = new_calendar(&desk).await;
    let id = desk.new_plan(plan(ChangePolicy::Restate, Some(calendar))).await;
    let ticket = desk.open_under(id, None).await;
    let before = desk.events(ticket).await;
    let older = terms(&desk, ticket).await;
    desk.open_to(calendar, 16).await;
    let newest = async || versions(&terms(&desk, ticket).await) == (1, 2);
    desk.until("the edit", newest).await;
    let late = TicketEvent::SlaTermsRestated(SlaTermsRestated {
        terms: Some(Box::new(older)),
        cause: TermsCause::Priority,
    });
    append(&desk, ticket, (&late, &before[0])).await;
    desk.until("the edit once more", newest).await;
    let told = restated(&desk, ticket).await;
    let causes: Vec<TermsCause> = told.iter().map(|it| it.cause).collect();
    let edited = TermsCause::CalendarEdit;
    assert_eq!(causes, [edited, TermsCause::Priority, edited]);
    let hours = CalendarVersion { id: calendar, version: 2 };
    assert_eq!(terms(&desk, ticket).await.deadline.calendar, Some(hours));
    let edit = desk.app.gateway.journal().stream("calendar", calendar.0, 1).await.unwrap();
    let events = desk.events(ticket).await;
    for restated in [&events[1], &events[3]] {
        assert_eq!(restated.meta.causation_id, Some(edit[0].meta.command_id));
        let late = restated.meta.occurred_at - edit[0].meta.occurred_at;
        assert!(late >= TimeDelta::zero());
    }
    desk.app.close().await;
}

/// Stores an event without the gateway, with the metadata of another one.
async fn append(desk: &Desk, ticket: TicketId, (event, like): (&TicketEvent, &StreamEvent)) {
    let stored = NewEvent {
        event_type: event.event_type(),
        event_version: event.event_version(),
        payload: serde_json::to_value(event).unwrap(),
        meta: like.meta.clone(),
    };
    let expected = desk.events(ticket).await.len() as i64;
    let stream = StreamAppend {
        aggregate_type: Ticket::TYPE,
        aggregate_id: ticket.0,
        expected,
        events: vec![stored],
    };
    let append = Append { streams: vec![stream], ..Append::default() };
    desk.app.gateway.journal().append(&append).await.unwrap();
}
