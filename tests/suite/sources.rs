//! Sources that send items: what they may say, what they miss and find again, what is retired by
//! itself; and what is told of the health of items.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};
use tokio::time::{sleep, timeout};

use crate::desk::{accepted, code, mutate_noun};
use crate::importing_items::{demo, events, import, imported, lines, number, server, write};

/// How long the server may take to do what it does by itself.
const PATIENCE: Duration = Duration::from_secs(60);

const SOURCE: &str = "syncSource { id name rank version lastRunAt runs onMissing retireAfterDays
    owned { class attributes } lastRun { complete new changed unchanged missing } }";

const ITEM: &str = "id name life attributesJson sources { name rank state missingSince }";

/// A server by a clock of its own, and the file that holds it.
fn serve(world: &mut World) -> (Client, PathBuf) {
    let clock = world.folder().join("clock");
    set(&clock, now());
    let mut command: Command = world.annals(&["serve", "--demo", "--listen", "127.0.0.1:0"]);
    command.arg("--test-clock").arg(&clock);
    (world.serve_by(&mut command), clock)
}

#[expect(clippy::disallowed_methods, reason = "imports run by the machine's clock")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

fn set(clock: &PathBuf, at: DateTime<Utc>) {
    fs::write(clock, at.to_rfc3339()).unwrap();
}

fn source(more: Value) -> Value {
    let mut input = json!({
        "name": "scan", "rank": 100, "onNone": "CREATE", "onOne": "UPDATE", "onMany": "QUEUE",
        "onMissing": "FLAG",
    });
    for (name, value) in more.as_object().unwrap() {
        input[name] = value.clone();
    }
    input
}

async fn define(client: &Client, more: Value) -> Value {
    mutate_noun(client, "syncSourceDefine", SOURCE, source(more)).await
}

async fn item(client: &Client, name: &str) -> Value {
    let query = format!("query($n: String) {{ cis(search: $n) {{ nodes {{ {ITEM} }} }} }}");
    let found = client.data(&query, json!({"n": name})).await;
    found["cis"]["nodes"][0].clone()
}

async fn findings(client: &Client, kind: &str) -> Vec<Value> {
    let query = "query($k: CiFindingKind!) { ciFindings(kind: $k, class: \"Server\") { totalCount
        nodes { ci { id name } names since others { name } } } }";
    let found = client.data(query, json!({"k": kind})).await["ciFindings"].clone();
    let nodes = found["nodes"].as_array().unwrap().clone();
    assert_eq!(found["totalCount"], nodes.len());
    nodes
}

fn sends(world: &World, servers: &[(&str, &str)]) {
    let all = servers.iter().map(|(name, ram)| server(name, json!({"ram": ram, "nb_u": 2})));
    write(world, "sent.ndjson", lines(&[vec![demo()], all.collect()].concat()));
}

const SCAN: [&str; 4] = ["--format", "ndjson", "--source", "scan"];
const ALL: [&str; 5] = ["--format", "ndjson", "--source", "scan", "--complete"];

#[tokio::test]
async fn what_a_source_sends_no_more_is_flagged_found_again_and_retired_in_time() {
    let mut world = World::demo().await;
    let (stranger, clock) = serve(&mut world);
    let director = stranger.sign_in("director", DEMO_PASSWORD).await;
    let owned = json!([{"class": "server", "attributes": ["ram", "name", "organization"]}]);
    let payload = define(&director, json!({"owned": owned})).await;
    accepted(&payload);
    let id = payload["syncSource"]["id"].clone();
    assert_eq!(payload["syncSource"]["owned"][0]["class"], "Server");

    sends(&world, &[("srv1", "64 GB"), ("srv2", "64 GB")]);
    let first = imported(&world, "sent.ndjson", &ALL);
    assert_eq!(first.counts(), [3, 0, 0, 0, 0], "{:#?}", first.answers);
    assert_eq!(first.answers[1]["notes"][0], "nb_u: it is not the source's to say");
    assert!(first.stdout.contains("0 items of the source are missing"), "{}", first.stdout);
    assert_eq!(item(&director, "srv2").await["sources"][0]["state"], "NEW");

    sends(&world, &[("srv1", "64 GB")]);
    let partial = imported(&world, "sent.ndjson", &SCAN);
    assert!(!partial.stdout.contains("missing"), "{}", partial.stdout);
    let before = events(&world).await;
    let dry = imported(&world, "sent.ndjson", &[&ALL[..], &["--dry-run"]].concat());
    assert!(dry.stdout.contains("1 items of the source are missing"), "{}", dry.stdout);
    assert_eq!(events(&world).await, before);
    imported(&world, "sent.ndjson", &ALL);
    let [missing] = &findings(&director, "MISSING").await[..] else { panic!("one is missing") };
    assert_eq!((&missing["ci"]["name"], &missing["names"]), (&json!("srv2"), &json!(["scan"])));
    assert_eq!(item(&director, "srv2").await["sources"][0]["state"], "ORPHAN");
    assert_eq!(item(&director, "srv1").await["sources"][0]["state"], "SYNCHRONISED");
    imported(&world, "sent.ndjson", &ALL);
    let told = "select count(*) from journal.events where event_type = 'ci.missed'";
    assert_eq!(number(&world, told).await, 1);

    sends(&world, &[("srv1", "64 GB"), ("srv2", "64 GB")]);
    let found = imported(&world, "sent.ndjson", &ALL);
    assert_eq!(found.counts(), [0, 1, 2, 0, 0], "{:#?}", found.answers);
    assert_eq!(found.changed()[0]["changes"][0]["field"], "missing");
    assert!(findings(&director, "MISSING").await.is_empty());

    let retire = json!({"syncSourceId": id, "onMissing": "RETIRE", "retireAfterDays": 30});
    accepted(&define(&director, retire).await);
    sends(&world, &[("srv1", "64 GB")]);
    imported(&world, "sent.ndjson", &ALL);
    set(&clock, now() + TimeDelta::days(31));
    let director = stranger.sign_in("director", DEMO_PASSWORD).await;
    let retired = async {
        while item(&director, "srv2").await["life"] != "RETIRED" {
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(PATIENCE, retired).await.unwrap();
    assert_eq!(item(&director, "srv2").await["sources"][0]["state"], "OBSOLETE");
    assert_eq!(item(&director, "srv1").await["life"], "ACTIVE");
    let verified = world.run_replay(&["verify"]);
    assert_eq!(verified.code, 0, "{}\n{}", verified.stdout, verified.stderr);
}

#[tokio::test]
async fn people_go_before_sources_and_sources_do_what_they_may() {
    let mut world = World::demo().await;
    let (stranger, _clock) = serve(&mut world);
    let director = stranger.sign_in("director", DEMO_PASSWORD).await;
    accepted(&define(&director, json!({})).await);
    sends(&world, &[("srv1", "64 GB")]);
    imported(&world, "sent.ndjson", &SCAN);
    let id = item(&director, "srv1").await["id"].clone();
    let correct = json!({"ciId": id, "attributes": {"ram": "1 TB"}});
    accepted(&mutate_noun(&director, "ciCorrect", "ci { id }", correct).await);
    sends(&world, &[("srv1", "128 GB")]);
    let outranked = imported(&world, "sent.ndjson", &SCAN);
    assert_eq!(outranked.changed()[0]["notes"], json!(["ram: the word of manual counts"]));
    let found = item(&director, "srv1").await;
    assert_eq!(found["attributesJson"]["ram"], "1 TB");
    let names: Vec<&Value> =
        found["sources"].as_array().unwrap().iter().map(|it| &it["name"]).collect();
    assert_eq!(names, ["manual", "scan"]);
    let revert = json!({"ciId": id, "source": "manual"});
    accepted(&mutate_noun(&director, "ciRevert", "ci { id }", revert).await);
    assert_eq!(item(&director, "srv1").await["attributesJson"]["ram"], "128 GB");

    let cautious = json!({"name": "cautious", "onNone": "REJECT", "onMany": "REJECT"});
    accepted(&define(&director, cautious).await);
    sends(&world, &[("srv1", "256 GB"), ("srv9", "1 GB")]);
    let refused = import(&world, "sent.ndjson", &["--format", "ndjson", "--source", "Cautious"]);
    assert_eq!(refused.answers[2]["code"], "MAKES_NONE", "{:#?}", refused.answers);
    let unknown = ["--format", "ndjson", "--source", "nobody", "--complete"];
    let unknown = import(&world, "sent.ndjson", &unknown);
    assert_eq!(unknown.code, 2, "{}", unknown.stderr);
    let agent = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    assert_eq!(code(&define(&agent, json!({"name": "mine"})).await), "FORBIDDEN");
}

#[tokio::test]
async fn what_looks_alike_is_listed_until_it_is_told_apart() {
    let mut world = World::demo().await;
    let (stranger, _clock) = serve(&mut world);
    let director = stranger.sign_in("director", DEMO_PASSWORD).await;
    sends(&world, &[("web 1", "1 GB"), ("web-1", "1 GB"), ("db", "1 GB")]);
    imported(&world, "sent.ndjson", &SCAN);
    let health =
        "{ ciHealth(class: \"Server\") { class total healthy score incomplete orphan duplicate } }";
    let told = director.data(health, json!({})).await["ciHealth"][0].clone();
    assert_eq!((&told["total"], &told["duplicate"]), (&json!(3), &json!(2)));
    assert_eq!((&told["orphan"], &told["score"]), (&json!(3), &json!(0.0)));
    let twice = findings(&director, "DUPLICATE").await;
    assert_eq!(twice.len(), 2);
    assert_eq!(twice[0]["names"], json!(["name"]));
    let ids: Vec<&Value> = twice.iter().map(|it| &it["ci"]["id"]).collect();
    let apart = json!({"ciId": ids[0], "otherId": ids[1]});
    accepted(&mutate_noun(&director, "ciNotDuplicate", "ci { id }", apart.clone()).await);
    assert!(findings(&director, "DUPLICATE").await.is_empty());
    accepted(&mutate_noun(&director, "ciNotDuplicate", "ci { id }", apart).await);
    let itself = json!({"ciId": ids[0], "otherId": ids[0]});
    let refused = mutate_noun(&director, "ciNotDuplicate", "ci { id }", itself).await;
    assert_eq!(code(&refused), "CI_PAIR_UNFIT");
}

/// What no two probes have in common: a name, and a serial number.
fn probe(name: &str, serial: &str, size: i64) -> Value {
    let attributes = json!({"serial": serial, "size": size});
    json!({"class": "Probe", "key": {"name": name}, "attributes": attributes})
}

#[tokio::test]
async fn a_row_that_two_items_match_is_queued_and_overwrites_neither() {
    let mut world = World::demo().await;
    let (stranger, _clock) = serve(&mut world);
    let director = stranger.sign_in("director", DEMO_PASSWORD).await;
    accepted(&define(&director, json!({})).await);
    accepted(&define(&director, json!({"name": "strict one", "onMany": "REJECT"})).await);
    let attributes = json!([{"name": "name", "kind": "TEXT", "required": true},
        {"name": "serial", "kind": "TEXT"}, {"name": "size", "kind": "INTEGER"}]);
    let class = json!({"define": {"name": "Probe", "identity": [["name"], ["serial"]],
        "attributes": attributes}});
    write(
        &world,
        "both.ndjson",
        lines(&[class, probe("alpha", "s-1", 1), probe("beta", "s-2", 2)]),
    );
    let both = imported(&world, "both.ndjson", &SCAN);
    assert_eq!(both.counts(), [3, 0, 0, 0, 0], "{:#?}", both.answers);
    let (twice, new) = (probe("alpha", "s-2", 9), probe("gamma", "s-3", 3));
    write(&world, "twice.ndjson", lines(std::slice::from_ref(&twice)));
    write(&world, "one.ndjson", lines(&[twice, new]));
    let queued = "select count(*) from journal.events where event_type = 'ci.likened'";

    let all = import(&world, "one.ndjson", &[&SCAN[..], &["--mode", "all-or-nothing"]].concat());
    assert_eq!(all.code, 3, "{}", all.stderr);
    let dry = imported(&world, "one.ndjson", &[&SCAN[..], &["--dry-run"]].concat());
    let rejects =
        imported(&world, "twice.ndjson", &["--format", "ndjson", "--source", "strict one"]);
    assert_eq!(number(&world, queued).await, 0);
    let reason = |told: &crate::importing_items::Imported| {
        assert_eq!(told.answers[0]["outcome"], "CONFLICTING", "{:#?}", told.answers);
        assert_eq!(told.answers[0]["code"], "SECOND_MATCH");
        told.answers[0]["reason"].as_str().unwrap().contains("possible duplicates")
    };
    assert!(reason(&dry) && !reason(&rejects));

    let told = imported(&world, "one.ndjson", &SCAN);
    assert!(reason(&told), "{:#?}", told.answers);
    assert_eq!(told.counts(), [1, 0, 0, 1, 0], "{:#?}", told.answers);
    assert_eq!(number(&world, queued).await, 2);
    for (name, serial, size) in [("alpha", "s-1", 1), ("beta", "s-2", 2)] {
        let found = item(&director, name).await;
        assert_eq!(found["attributesJson"]["serial"], serial);
        assert_eq!(found["attributesJson"]["size"], size);
    }
    let query = "{ ciFindings(kind: DUPLICATE, class: \"Probe\") { nodes {
        ci { name } names others { name } } } }";
    let found = director.data(query, json!({})).await["ciFindings"]["nodes"].clone();
    assert_eq!(found[0]["names"], json!(["source"]), "{found}");
    // They come in the order of their identities, which is nobody's choice.
    let mut pairs: Vec<_> = found.as_array().unwrap().iter().collect();
    pairs.sort_by_key(|it| it["ci"]["name"].to_string());
    let pair = |it: &Value| json!([it["ci"]["name"], it["others"][0]["name"]]);
    assert_eq!(
        json!([pair(pairs[0]), pair(pairs[1])]),
        json!([["alpha", "beta"], ["beta", "alpha"]])
    );
    assert_eq!(pairs.len(), 2);
    // It is said once.
    assert!(reason(&imported(&world, "one.ndjson", &SCAN)));
    assert_eq!(number(&world, queued).await, 2);
}
