//! What does not begin, and what ends.

use std::time::{Duration, Instant};

use serde_json::json;
use testbed::{DEMO_PASSWORD, World};

use super::{CHANGES, WHILE, open};

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
