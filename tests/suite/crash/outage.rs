//! PostgreSQL is away for a while, dead or frozen: everybody is told so, and nobody has to be started
//! again.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use reqwest::header::RETRY_AFTER;
use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, send};
use tokio::time::timeout;

use super::nodes::{Nodes, eventually};

/// Every question is answered by then, whatever the database does.
const ANSWERED: Duration = Duration::from_secs(45);
/// And this one by then: who asks has no patience.
const READINESS: Duration = Duration::from_secs(10);

const OPEN: &str = "mutation { ticketOpen(input: {kind: INCIDENT, title: \"Away\"}) {
    ticket { number } userErrors { code } } }";
const QUERIES: [&str; 3] =
    [OPEN, "{ tickets(first: 5) { nodes { number } } }", "{ viewer { role } }"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_database_is_away_everybody_is_told_and_afterwards_all_goes_on() {
    let nodes = Nodes::start(1).await;
    let stranger = Client::new(&nodes.doors.open()[0]);
    let ada = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    eventually("a server that is ready", async || is_ready(&ada).await).await;
    for _ in 0..2 {
        let keeper = nodes.folder.keeper().unwrap();
        // Held, it cannot start another one at once.
        assert!(send("STOP", keeper) && send("KILL", nodes.folder.postmaster().unwrap()));
        away("dead", &ada).await;
        assert!(send("CONT", keeper));
        back(&ada).await;
    }
    let frozen = nodes.folder.postgres();
    assert!(frozen.iter().all(|pid| send("STOP", *pid)));
    away("frozen", &ada).await;
    for pid in frozen {
        // Whoever has ended meanwhile needs no thawing.
        send("CONT", pid);
    }
    back(&ada).await;
}

/// Everybody is told.
async fn away(how: &str, ada: &Client) {
    eventually("a server that is not ready", async || !is_ready(ada).await).await;
    assert_eq!(ada.get("/health/live").await.0, 200);
    join_all(QUERIES.map(async |query| {
        let begun = Instant::now();
        let answer = timeout(ANSWERED, ada.request(query, json!({})).send()).await;
        let answer = answer.unwrap_or_else(|_| panic!("{how}: no answer to {query}")).unwrap();
        let (status, again) = (answer.status(), answer.headers().contains_key(RETRY_AFTER));
        let body: Value = answer.json().await.unwrap();
        let code = body["errors"][0]["extensions"]["code"].as_str().unwrap_or_default();
        eprintln!("{how}: {status} {code} after {:?}", begun.elapsed());
        assert_eq!((status.as_u16(), again), (503, true), "{how}: {body}");
        assert!(["UNAVAILABLE", "TIMEOUT"].contains(&code), "{how}: {body}");
        assert!(!body.to_string().contains("postgres"), "{how}: {body}");
    }))
    .await;
}

/// All goes on.
async fn back(ada: &Client) {
    eventually("a server that is ready again", async || is_ready(ada).await).await;
    // Connections that broke unnoticed may still fail once each.
    eventually("a command that is answered", async || {
        let answer = ada.ask(OPEN, json!({})).await;
        answer.body["data"]["ticketOpen"]["userErrors"] == Value::Array(Vec::new())
    })
    .await;
}

async fn is_ready(client: &Client) -> bool {
    let said = timeout(READINESS, client.get("/health/ready")).await;
    said.expect("readiness is told at once").0 == 200
}
