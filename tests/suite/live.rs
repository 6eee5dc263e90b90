//! Listening to what happens: nothing missed, nothing twice, nothing for those it does not concern.

use std::time::{Duration, Instant};

use futures_util::future::{join, join_all};
use serde_json::{Value, json};
use sqlx::Row;
use testbed::{Client, DEMO_PASSWORD, World};

const CHANGES: &str = "subscription($id: ID) { ticketChanged(ticketId: $id) {
    position eventType occurredAt ticketId ticket { id title state version } actor { name } } }";

/// For how long silence is listened to.
const WHILE: Duration = Duration::from_millis(400);

/// How often a listener is interrupted, and during how many changes: all of it with
/// `ANNALS_CASES=1000`.
#[expect(clippy::disallowed_methods, reason = "the one switch of the test run")]
fn extent() -> (usize, usize) {
    let cases = std::env::var("ANNALS_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(64);
    if cases >= 1_000 { (100, 10_000) } else { (10, 300) }
}

/// Opens a ticket; its id.
async fn open(client: &Client, title: &str) -> Value {
    let query = "mutation($i: TicketOpenInput!) {
        ticketOpen(input: $i) { ticket { id } userErrors { code } } }";
    let input = json!({"kind": "INCIDENT", "title": title});
    client.data(query, json!({"i": input})).await["ticketOpen"]["ticket"]["id"].clone()
}

/// Gives a ticket another priority.
async fn press(client: &Client, ticket: &Value, priority: &str) {
    let query = "mutation($i: TicketPrioritizeInput!) {
        ticketPrioritize(input: $i) { userErrors { code } } }";
    let input = json!({"ticketId": ticket, "priority": priority, "reason": "as agreed"});
    let data = client.data(query, json!({"i": input})).await;
    assert_eq!(data["ticketPrioritize"]["userErrors"], json!([]));
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

#[tokio::test]
async fn nobody_is_told_what_is_not_theirs() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let refused = stranger.listen(CHANGES, json!({}), None).await.unwrap_err();
    assert_eq!(refused.status, 401);
    assert_eq!(refused.body["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    let carla = stranger.sign_in("client1", DEMO_PASSWORD).await;
    let colin = stranger.sign_in("client2", DEMO_PASSWORD).await;
    let mut hers = carla.listen(CHANGES, json!({}), None).await.unwrap();
    let mut his = colin.listen(CHANGES, json!({}), None).await.unwrap();
    let own = open(&carla, "Mine").await;
    let foreign = open(&colin, "His").await;
    assert_eq!(hers.data().await["ticketChanged"]["ticketId"], own);
    assert_eq!(his.data().await["ticketChanged"]["ticketId"], foreign);
    assert!(hers.is_silent(WHILE).await && his.is_silent(WHILE).await);
    // Hidden and absent are listened to alike: in silence.
    let mut hidden = carla.listen(CHANGES, json!({"id": foreign}), Some("1")).await.unwrap();
    assert!(hidden.is_silent(WHILE).await);
}

#[tokio::test]
async fn what_cannot_be_listened_to_is_refused_by_the_status() {
    let mut world = World::demo().await;
    let ada = world.serve_for("agent1").await;
    let code = async |query: &str, last: Option<&str>| {
        let refused = ada.listen(query, json!({}), last).await.unwrap_err();
        let code = refused.body["errors"][0]["extensions"]["code"].as_str().map(str::to_owned);
        (refused.status, code.unwrap_or_default())
    };
    let refused = |status: u16, code: &str| (status, code.to_owned());
    assert_eq!(code(CHANGES, Some("yesterday")).await, refused(400, "BAD_REQUEST"));
    let misspelt = "subscription { ticketsChanged { position } }";
    assert_eq!(code(misspelt, None).await, refused(400, "GRAPHQL_VALIDATION_FAILED"));
    let foreign = "subscription { ticketChanged(ticketId: \"x\") { position } }";
    assert_eq!(code(foreign, None).await, refused(400, "BAD_REQUEST"));
    let mut open = Vec::new();
    for _ in 0..20 {
        open.push(ada.listen(CHANGES, json!({}), None).await.unwrap());
    }
    assert_eq!(code(CHANGES, None).await, refused(429, "RATE_LIMITED"));
    open.clear();
    // The server notices closed connections by itself, in its own time.
    let begun = Instant::now();
    while ada.listen(CHANGES, json!({}), None).await.is_err() {
        assert!(begun.elapsed() < Duration::from_secs(20), "closed streams count for ever");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn signing_out_ends_the_streams_of_the_session_at_once_and_no_others() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let here = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    let there = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    let mut ends = here.listen(CHANGES, json!({}), None).await.unwrap();
    let mut stays = there.listen(CHANGES, json!({}), None).await.unwrap();
    assert!(ends.is_silent(WHILE).await);
    let begun = Instant::now();
    here.data("mutation { signOut { userErrors { code } } }", json!({})).await;
    assert_eq!(ends.next().await.unwrap().event, "complete");
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    assert_eq!(ends.next().await, None, "the connection is closed");
    let id = open(&there, "Still here").await;
    assert_eq!(stays.data().await["ticketChanged"]["ticketId"], id);
}

#[tokio::test]
async fn a_server_that_stops_says_so_to_those_who_listen() {
    let mut world = World::demo().await;
    let ada = world.serve_for("agent1").await;
    let mut listener = ada.listen(CHANGES, json!({}), None).await.unwrap();
    assert!(listener.is_silent(WHILE).await);
    let server = world.take_server();
    let begun = Instant::now();
    let stopped = tokio::task::spawn_blocking(|| server.stop("TERM"));
    assert_eq!(listener.next().await.unwrap().event, "complete");
    assert_eq!(stopped.await.unwrap(), 0);
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}
