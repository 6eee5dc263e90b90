//! What a resolution does to children, and people's tasks to the ticket they share.

use std::time::Duration;

use api::workers::processes::cascade::{ChildFate, cascade};
use domain::kernel::{Actor, Source, TicketId};
use domain::ticket::command::{Assign, Cancel, Close, Pend, Reopen, StartWork};
use domain::ticket::{PendingReason, TicketState};
use serde_json::{Value, json};
use testbed::{DEMO_PASSWORD, World};

use super::desk::Desk;

/// A parent that agent1 holds, with a child in every state; in the order of the states.
async fn family(desk: &Desk) -> (TicketId, Vec<(TicketId, TicketState)>) {
    let parent = desk.open("agent1").await;
    desk.act("agent1", parent, StartWork { holder: None }).await;
    let mut children = Vec::new();
    for state in [
        TicketState::New,
        TicketState::Assigned,
        TicketState::InProgress,
        TicketState::Pending,
        TicketState::Resolved,
        TicketState::Closed,
        TicketState::Cancelled,
    ] {
        let child = desk.open("agent1").await;
        desk.link(parent, child).await;
        let pending_reason = PendingReason::Vendor;
        let assignees = [desk.person("agent1").await].into();
        match state {
            TicketState::New => {}
            TicketState::Assigned => {
                desk.act("system", child, Assign { unit: None, assignees, note: None }).await;
            }
            TicketState::InProgress => {
                desk.act("agent1", child, StartWork { holder: None }).await;
            }
            TicketState::Pending => {
                desk.act("system", child, Pend { pending_reason, until: None }).await;
            }
            TicketState::Resolved => desk.resolve("agent1", child, "EARLIER").await,
            TicketState::Closed => {
                desk.resolve("agent1", child, "EARLIER").await;
                desk.act("system", child, Close {}).await;
            }
            TicketState::Cancelled => desk.act("system", child, Cancel {}).await,
        }
        assert_eq!(desk.ticket(child).await.state, state);
        children.push((child, state));
    }
    (parent, children)
}

/// What is told of a child that was in this state.
fn told(state: TicketState) -> (&'static str, Value) {
    match state {
        TicketState::New
        | TicketState::Assigned
        | TicketState::InProgress
        | TicketState::Pending => ("RESOLVED", Value::Null),
        TicketState::Resolved => ("ALREADY_RESOLVED", Value::Null),
        TicketState::Closed | TicketState::Cancelled => ("SKIPPED", json!("TICKET_WRONG_STATE")),
    }
}

#[tokio::test]
async fn whoever_resolves_a_parent_is_told_what_became_of_each_child() {
    let mut world = World::demo().await;
    let server = world.serve();
    let desk = Desk::of(&world).await;
    let (parent, children) = family(&desk).await;
    let mut numbers = Vec::new();
    for (child, state) in &children {
        numbers.push((desk.ticket(*child).await.number, *state));
    }
    let ada = server.sign_in("agent1", DEMO_PASSWORD).await;
    let number = desk.ticket(parent).await.number;
    let find = "query($n: String!) { ticket(number: $n) { id } }";
    // They are opened on another node, whose events the server's lists show a moment later.
    let seen = async |number: String| {
        let found = async {
            loop {
                let id = ada.data(find, json!({"n": number})).await["ticket"]["id"].clone();
                if !id.is_null() {
                    return id;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(15), found).await.unwrap()
    };
    let id = seen(number).await;
    let resolve = "mutation($i: TicketResolveInput!) { ticketResolve(input: $i) {
        ticket { state } children { ticket { number state } outcome reason }
        replayed userErrors { code } } }";
    let input = json!({"i": {"ticketId": id, "code": "FIXED", "solution": "All of it.",
                             "idempotencyKey": "once"}});
    for replayed in [false, true] {
        let answer = ada.data(resolve, input.clone()).await["ticketResolve"].clone();
        assert_eq!(answer["userErrors"], json!([]), "{answer}");
        assert_eq!(answer["replayed"], json!(replayed));
        let listed = answer["children"].as_array().unwrap();
        assert_eq!(listed.len(), children.len());
        for (number, state) in &numbers {
            let child = listed.iter().find(|child| child["ticket"]["number"] == **number);
            let child = child.unwrap_or_else(|| panic!("{number} of {answer}"));
            let (outcome, reason) = told(*state);
            assert_eq!(
                (&child["outcome"], &child["reason"]),
                (&json!(outcome), &reason),
                "{child}"
            );
            if outcome == "RESOLVED" {
                assert_eq!(child["ticket"]["state"], "RESOLVED", "{child}");
            }
        }
    }
    let plain = desk.open("agent1").await;
    desk.act("agent1", plain, StartWork { holder: None }).await;
    let number = desk.ticket(plain).await.number;
    let id = seen(number).await;
    let input = json!({"i": {"ticketId": id, "code": "FIXED", "solution": "Alone."}});
    let answer = ada.data(resolve, input).await["ticketResolve"].clone();
    assert_eq!(answer["children"], json!([]), "{answer}");
    desk.app.close().await;
}

// Servers start beside the test's node, which has to go on meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn a_cascade_that_was_cut_short_is_finished_by_whoever_follows_the_log() {
    let mut world = World::demo().await;
    let desk = Desk::of(&world).await;
    let (parent, children) = family(&desk).await;
    // As by a server that dies between the parent and its children.
    desk.resolve("agent1", parent, "FIXED").await;
    world.serve();
    for (child, state) in &children {
        let (outcome, _) = told(*state);
        if outcome != "RESOLVED" {
            continue;
        }
        let body = desk.becomes(*child, TicketState::Resolved).await;
        assert_eq!((body.resolution_code.as_deref(), body.holder), (Some("FIXED"), None));
        let cause = desk.events(parent).await.last().unwrap().meta.clone();
        let last = desk.events(*child).await.last().unwrap().meta.clone();
        assert_eq!((last.actor, last.source), (Actor::System, Source::Process));
        assert_eq!(last.correlation_id, cause.correlation_id);
        assert_eq!(last.causation_id, Some(cause.command_id));
    }
    let events = desk.events(children[0].0).await.len();
    for child in cascade(&desk.app.gateway, parent).await.unwrap() {
        let (_, state) = children.iter().find(|(id, _)| *id == child.ticket).unwrap();
        let outcome = match child.outcome {
            ChildFate::Resolved(_) => "RESOLVED",
            ChildFate::AlreadyResolved => "ALREADY_RESOLVED",
            ChildFate::Skipped(_) => "SKIPPED",
        };
        assert_eq!(outcome, told(*state).0, "repeated, the answer is the first one");
    }
    assert_eq!(desk.events(children[0].0).await.len(), events);
    desk.app.close().await;
}

#[tokio::test]
async fn a_reopened_parent_takes_its_children_along_again() {
    let mut world = World::demo().await;
    world.serve();
    let desk = Desk::of(&world).await;
    let parent = desk.open("agent1").await;
    let child = desk.open("agent1").await;
    desk.link(parent, child).await;
    for code in ["FIXED", "FIXED_AGAIN"] {
        desk.resolve("agent1", parent, code).await;
        let body = desk.becomes(child, TicketState::Resolved).await;
        assert_eq!(body.resolution_code.as_deref(), Some(code));
        desk.act("agent1", parent, Reopen {}).await;
        assert_eq!(desk.ticket(child).await.state, TicketState::Resolved);
        desk.act("agent1", child, Reopen {}).await;
    }
    desk.app.close().await;
}

#[tokio::test]
async fn a_shared_ticket_is_resolved_with_its_last_task_and_reopened_with_any() {
    let mut world = World::demo().await;
    world.serve();
    let desk = Desk::of(&world).await;
    let (shared, tasks) = desk.open_shared(&["agent1", "agent2"]).await;
    desk.resolve("agent1", tasks[0], "SIGNED").await;
    desk.resolve("agent2", tasks[1], "READ_AND_SIGNED").await;
    let body = desk.becomes(shared, TicketState::Resolved).await;
    assert_eq!(body.resolution_code.as_deref(), Some("READ_AND_SIGNED"));
    let kinds: Vec<String> =
        desk.events(shared).await.into_iter().map(|event| event.event_type).collect();
    assert_eq!(kinds, ["ticket.opened", "ticket.resolved_with_tasks"], "not with the first task");

    desk.act("agent1", tasks[0], Reopen {}).await;
    let body = desk.becomes(shared, TicketState::Assigned).await;
    assert_eq!(body.reopen_count, 1);
    desk.act("system", tasks[0], Cancel {}).await;
    let body = desk.becomes(shared, TicketState::Resolved).await;
    assert_eq!(body.resolution_code.as_deref(), Some("READ_AND_SIGNED"));
    let last = desk.events(shared).await.last().unwrap().meta.clone();
    let cause = desk.events(tasks[0]).await.last().unwrap().meta.clone();
    assert_eq!(last.causation_id, Some(cause.command_id));
    desk.app.close().await;
}

#[tokio::test]
async fn a_shared_ticket_of_which_nobody_did_a_task_is_cancelled() {
    let mut world = World::demo().await;
    world.serve();
    let desk = Desk::of(&world).await;
    let (shared, tasks) = desk.open_shared(&["agent1", "agent2"]).await;
    for task in tasks {
        desk.act("system", task, Cancel {}).await;
    }
    desk.becomes(shared, TicketState::Cancelled).await;
    let reason = desk.events(shared).await.last().unwrap().meta.reason.clone();
    assert!(reason.is_some(), "it says why");
    desk.app.close().await;
}
