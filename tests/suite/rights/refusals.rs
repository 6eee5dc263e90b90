//! A refusal leaves nothing half done: of what takes several streams at once, not one event, claim or
//! notice stays behind. And what was said on a ticket that was merged is read where it goes on.

use std::collections::BTreeSet;

use api::boot::App;
use api::gateway::{Caller, Request};
use domain::kernel::TicketId;
use domain::ticket::TicketCommand;
use domain::ticket::command::Merge;
use serde_json::{Value, json};
use sqlx::PgConnection;
use testbed::World;

use super::desk::{Desk, mutation, uuid_of};

const DESK: &str = "Service Desk";

/// How much there is of all that a command can leave behind.
async fn traces(database: &mut PgConnection) -> Vec<i64> {
    let mut counts = Vec::new();
    for count in ["select count(*) from journal.events", "select count(*) from journal.claims"] {
        let count = sqlx::query_scalar(count);
        counts.push(count.fetch_one(&mut *database).await.unwrap());
    }
    counts
}

/// A ticket of the desk as a whole; its id.
async fn ticket(desk: &Desk, title: &str) -> Value {
    let id = desk.open("client1", title).await;
    desk.assign(&id, Some(DESK), &[]).await;
    id
}

/// A macro of the director's; its id.
async fn macro_of(desk: &Desk, name: &str, steps: Value) -> Value {
    let define = mutation("macroDefine", "macro { id } userErrors { code message }");
    let input = json!({"name": name, "steps": steps});
    let defined = desk.of_login("director").data(&define, json!({"i": input})).await;
    defined["macroDefine"]["macro"]["id"].clone()
}

#[tokio::test]
async fn each_refusal_leaves_nothing_half_done() {
    let mut world = World::demo().await;
    let desk = Desk::of(&mut world).await;
    let mut database = world.superuser().await;
    let parent = ticket(&desk, "Parent").await;
    let child = ticket(&desk, "Child").await;
    let over = ticket(&desk, "Over").await;
    desk.done("director", "ticketCancel", json!({"ticketId": over})).await;
    let link = |ticket: &Value, other: &Value, kind: &str| json!({"ticketId": ticket, "otherId": other, "kind": kind});
    desk.done("agent1", "ticketLink", link(&parent, &child, "CHILD")).await;
    desk.done("agent2", "ticketStartWork", json!({"ticketId": parent})).await;
    let named = json!({"kind": "INCIDENT", "title": "First", "externalRef": "X-1"});
    desk.done("agent1", "ticketOpen", named.clone()).await;
    let steps = json!([{"tag": "quick"}, {"reply": "Done."}, {"plain": "STOP_WORK"}]);
    let failing = macro_of(&desk, "Fails at its end", steps).await;

    let resolve = json!({"ticketId": parent, "code": "FIXED", "solution": "All of it."});
    let far =
        json!({"ticketId": parent, "pendingReason": "OTHER", "until": "2001-01-01T00:00:00Z"});
    for (login, name, input, code) in [
        ("agent1", "ticketResolve", resolve, "TICKET_NOT_HELD_BY_ACTOR"),
        (
            "agent1",
            "ticketApplyMacro",
            json!({"ticketId": child, "macroId": failing}),
            "TICKET_WRONG_STATE",
        ),
        ("agent1", "ticketLink", link(&parent, &over, "CHILD"), "DOSSIER_OTHER_OVER"),
        ("agent1", "ticketLink", link(&child, &child, "RELATED"), "DOSSIER_LINK_TO_ITSELF"),
        ("agent1", "ticketOpen", named, "CLAIM_TAKEN"),
        ("agent2", "ticketPend", far, "TICKET_UNTIL_PAST"),
        (
            "agent1",
            "ticketStartWork",
            json!({"ticketId": child, "expectedVersion": 99}),
            "VERSION_CONFLICT",
        ),
        ("client1", "ticketAssign", json!({"ticketId": child, "note": "Hurry"}), "FORBIDDEN"),
    ] {
        let before = traces(&mut database).await;
        let payload = desk.mutate(login, name, input).await;
        assert_eq!(payload["userErrors"][0]["code"], code, "{name}: {payload}");
        assert_eq!(traces(&mut database).await, before, "{name}: {payload}");
    }
}

#[tokio::test]
async fn a_merged_tickets_conversation_is_read_on_the_other_and_goes_on_there() {
    let mut world = World::demo().await;
    let desk = Desk::of(&mut world).await;
    let mut database = world.superuser().await;
    let source = ticket(&desk, "Till 4 is dead").await;
    let target = ticket(&desk, "Till 4 does not start").await;
    for (ticket, body) in [(&source, "Since noon."), (&target, "Which till?"), (&source, "Till 4.")]
    {
        desk.done("client1", "ticketComment", json!({"ticketId": ticket, "body": body})).await;
    }
    let app = App::open(&world.place(), None).await.unwrap();
    let merge = async |from: &Value, into: &Value| {
        let (ticket, into) = (TicketId(uuid_of(from)), TicketId(uuid_of(into)));
        let command = TicketCommand::Merge(Merge { ticket, into, children: BTreeSet::new() });
        let request = Request::new(command, ticket.0).correlated(app.gateway.new_id());
        app.gateway.execute(&Caller::system(), request).await
    };
    let over = ticket(&desk, "Over").await;
    desk.done("director", "ticketCancel", json!({"ticketId": over})).await;
    for into in [&source, &over] {
        let before = traces(&mut database).await;
        assert!(merge(&source, into).await.is_err());
        assert_eq!(traces(&mut database).await, before);
    }
    merge(&source, &target).await.unwrap();
    app.close().await;

    let merged = async || {
        let query = "query($i: ID!) { ticket(id: $i) { state mergedInto { id } } }";
        desk.of_login("client1").data(query, json!({"i": source})).await["ticket"].clone()
    };
    while merged().await["state"] != "CLOSED" {
        tokio::task::yield_now().await;
    }
    assert_eq!(merged().await["mergedInto"]["id"], target);
    let comment = json!({"ticketId": source, "body": "Still dead."});
    let refused = desk.mutate("client1", "ticketComment", comment).await;
    assert_eq!(refused["userErrors"][0]["code"], "CONVERSATION_MERGED", "{refused}");
    assert_eq!(refused["userErrors"][0]["meta"]["intoId"], target, "{refused}");
    let comment = json!({"ticketId": target, "body": "Still dead."});
    desk.done("client1", "ticketComment", comment).await;
    let query = "query($i: ID!) { ticket(id: $i) { conversation {
        totalCount nodes { body originTicket { id } } } } }";
    let data = desk.of_login("client1").data(query, json!({"i": target})).await;
    let said: Vec<(&str, &Value)> = data["ticket"]["conversation"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["body"].as_str().unwrap(), &it["originTicket"]["id"]))
        .collect();
    let expected = [
        ("Since noon.", &source),
        ("Which till?", &Value::Null),
        ("Till 4.", &source),
        ("Still dead.", &Value::Null),
    ];
    assert_eq!(said, expected);
}
