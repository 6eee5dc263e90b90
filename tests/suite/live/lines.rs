//! Lines that break: nothing is missed, nothing told twice.

use futures_util::future::{join, join_all};
use serde_json::json;
use sqlx::Row;
use testbed::{Client, World};

use super::{CHANGES, WHILE, open, press};

/// How often a listener is interrupted, and during how many changes: all of it with
/// `ANNALS_CASES=1000`.
#[expect(clippy::disallowed_methods, reason = "the one switch of the test run")]
fn extent() -> (usize, usize) {
    let cases = std::env::var("ANNALS_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(64);
    if cases >= 1_000 { (1_000, 10_000) } else { (10, 300) }
}

/// Listens behind a place until so many changes were told, interrupted as often as said; where they
/// stand.
async fn listen(
    client: &Client,
    start: i64,
    (changes, interruptions): (usize, usize),
) -> Vec<String> {
    let mut told = Vec::with_capacity(changes);
    let mut last = Some(start.to_string());
    for connection in 1..=interruptions + 1 {
        let until = changes * connection / (interruptions + 1);
        let mut listener = client.listen(CHANGES, json!({}), last.as_deref()).await.unwrap();
        while told.len() < until {
            let next = listener.next().await.unwrap();
            let position = next.data["data"]["ticketChanged"]["position"].as_str().unwrap();
            assert_eq!(next.id.as_deref(), Some(position), "{next:?}");
            told.push(position.to_owned());
            last = next.id;
        }
    }
    told
}

/// The numbers of all events of tickets behind this one.
async fn happened(world: &World, after: i64) -> Vec<String> {
    let sql = "select global_seq from journal.log where global_seq > $1
               and aggregate_type in ('ticket', 'ticket_dossier', 'conversation') order by 1";
    let rows = sqlx::query(sql).bind(after).fetch_all(&mut world.superuser().await).await.unwrap();
    rows.iter().map(|row| row.get::<i64, _>(0).to_string()).collect()
}

async fn head(world: &World) -> i64 {
    let sql = "select tree_size from journal.sequencer";
    sqlx::query(sql).fetch_one(&mut world.superuser().await).await.unwrap().get(0)
}

#[tokio::test]
async fn a_listener_is_told_of_a_change_as_it_was_and_goes_on_behind_it() {
    let mut world = World::demo().await;
    let dana = world.serve_for("director").await;
    let mut listener = dana.listen(CHANGES, json!({}), None).await.unwrap();
    let id = open(&dana, "Live").await;
    let opened = listener.next().await.unwrap();
    press(&dana, &id, "CRITICAL").await;
    let pressed = listener.data().await["ticketChanged"].clone();
    let change = &opened.data["data"]["ticketChanged"];
    assert_eq!((&change["eventType"], &change["ticketId"]), (&json!("ticket.opened"), &id));
    assert_eq!(change["ticket"], json!({"id": id, "title": "Live", "state": "NEW", "version": 1}));
    assert_eq!(change["actor"]["name"], "Dana Director");
    assert_eq!(pressed["eventType"], "ticket.prioritized");
    assert_eq!(pressed["ticket"]["version"], 2);
    drop(listener);
    let other = open(&dana, "Another").await;
    let last = opened.id.as_deref();
    let mut resumed = dana.listen(CHANGES, json!({}), last).await.unwrap();
    assert_eq!(resumed.data().await["ticketChanged"], pressed, "the same again");
    assert_eq!(resumed.data().await["ticketChanged"]["ticketId"], other);
    let mut single = dana.listen(CHANGES, json!({"id": other}), last).await.unwrap();
    assert_eq!(single.data().await["ticketChanged"]["ticketId"], other, "of one ticket alone");
    assert!(single.is_silent(WHILE).await && resumed.is_silent(WHILE).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_change_is_told_once_and_in_order_however_often_the_line_breaks() {
    let mut world = World::demo().await;
    let dana = world.serve_for("director").await;
    let (interruptions, changes) = extent();
    let writers = 10;
    let tickets = join_all((0..writers).map(|_| open(&dana, "Busy"))).await;
    let start = head(&world).await;
    let write = join_all(tickets.iter().map(async |ticket| {
        for n in 0..changes / writers {
            press(&dana, ticket, ["CRITICAL", "HIGH", "LOW"][n % 3]).await;
        }
    }));
    let read =
        join(listen(&dana, start, (changes, interruptions)), listen(&dana, start, (changes, 3)));
    let (_, (first, second)) = join(write, read).await;
    assert_eq!(first, happened(&world, start).await);
    assert_eq!(first, second, "two listeners are told the same");
}
