//! The compliance report through the real binaries: counted by the server and by the auditor, opened
//! figure by figure, kept, and shown to be changed when it was.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, Finished, World, binary, run};

use crate::desk::{Desk, accepted, code, followed, mutate_noun, own_id};

const FROM: &str = "2000-01-01T00:00:00Z";
const TO: &str = "2100-01-01T00:00:00Z";
const SHOWN: &str = "complianceReport { from to at signedSize origin sha256 text }";

const SECTIONS: &str = "query($f: DateTime!, $t: DateTime!, $a: Position) {
    complianceReport(from: $f, to: $t, at: $a) { at sha256
        controls { control sections }
        sections { number title figures { number name value positions items } } } }";

const EVIDENCE: &str = "query($f: DateTime!, $t: DateTime!, $p: Position, $s: Int!, $n: Int!, $a: Cursor) {
    complianceReport(from: $f, to: $t, at: $p) { evidence(section: $s, number: $n, first: 100, after: $a) {
        totalCount pageInfo { hasNextPage endCursor } nodes { position eventType } } } }";

fn span() -> Value {
    json!({"f": FROM, "t": TO})
}

fn with(mut input: Value, more: Value) -> Value {
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

async fn generate(client: &Client, more: Value) -> Value {
    let input = with(json!({"from": FROM, "to": TO}), more);
    mutate_noun(client, "complianceReportGenerate", SHOWN, input).await
}

/// The error's code, if the answer is none.
async fn refused(client: &Client, query: &str, variables: Value) -> Value {
    let answer = client.ask(query, variables).await;
    answer.body["errors"][0]["extensions"]["code"].clone()
}

/// A file of the server's, with its status.
async fn file(client: &Client, name: &str, query: &[(&str, &str)]) -> (u16, String) {
    let request = client.http().get(format!("{}/reports/{name}", client.base)).query(query);
    let answer = request.bearer_auth(client.token().unwrap()).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// The positions of a figure as it is written: `1-3,8`.
fn positions(text: &str) -> Vec<i64> {
    let parts = text.split(',').filter(|part| !part.is_empty());
    let ranges = parts.map(|part| part.split_once('-').unwrap_or((part, part)));
    ranges.flat_map(|(from, to)| from.parse().unwrap()..=to.parse().unwrap()).collect()
}

/// Everything that a figure opens to, page by page.
async fn evidence(client: &Client, at: &Value, section: &Value, number: &Value) -> Vec<Value> {
    let (mut all, mut after) = (Vec::new(), Value::Null);
    loop {
        let asked = with(span(), json!({"p": at, "s": section, "n": number, "a": after}));
        let found = client.data(EVIDENCE, asked).await;
        let page = found["complianceReport"]["evidence"].clone();
        all.extend(page["nodes"].as_array().unwrap().iter().cloned());
        if page["pageInfo"]["hasNextPage"] == false {
            assert_eq!(page["totalCount"], all.len(), "{section}.{number}");
            return all;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

#[tokio::test]
async fn every_number_opens_to_the_events_it_was_counted_from() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    followed(&world).await;
    let found = desk.auditor.data(SECTIONS, span()).await["complianceReport"].clone();
    let sections = found["sections"].as_array().unwrap();
    let numbers: Vec<i64> = sections.iter().map(|it| it["number"].as_i64().unwrap()).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 6, 7, 8, 11, 12, 14], "what rests on nothing is absent");
    let controls = found["controls"].as_array().unwrap();
    assert!(controls.iter().any(|it| it["control"] == "SOC 2 CC6.2"), "{controls:?}");
    for control in controls {
        let named = control["sections"].as_array().unwrap();
        assert!(
            !named.is_empty() && named.iter().all(|it| numbers.contains(&it.as_i64().unwrap()))
        );
    }
    let mut opened = 0;
    for section in sections {
        for figure in section["figures"].as_array().unwrap() {
            let stated = positions(figure["positions"].as_str().unwrap());
            // Those of the whole log are long, and each page of them is like any other.
            if stated.len() > 300 {
                continue;
            }
            let shown =
                evidence(&desk.auditor, &found["at"], &section["number"], &figure["number"]);
            let shown = shown.await;
            let shown: Vec<i64> =
                shown.iter().map(|it| it["position"].as_str().unwrap().parse().unwrap()).collect();
            assert_eq!(shown, stated, "{}.{}", section["number"], figure["number"]);
            opened += shown.len();
        }
    }
    assert!(opened > 50, "{opened} events were opened");
    let joined = evidence(&desk.auditor, &found["at"], &json!(2), &json!(3)).await;
    assert!(!joined.is_empty());
    assert!(joined.iter().all(|it| it["eventType"] == "person.registered"), "{joined:?}");
    let absent = with(span(), json!({"s": 5, "n": 1}));
    let absent = desk.auditor.data(EVIDENCE, absent).await;
    assert_eq!(absent["complianceReport"]["evidence"], Value::Null);
}

#[tokio::test]
async fn a_report_is_for_those_who_may_read_it_and_made_by_those_who_may_make_it() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let query = [("from", FROM), ("to", TO)];
    for client in [&desk.ada, &desk.carla, &desk.director] {
        assert_eq!(refused(client, SECTIONS, span()).await, "FORBIDDEN");
        assert_eq!(code(&generate(client, json!({})).await), "FORBIDDEN");
        assert_eq!(file(client, "compliance.html", &query).await.0, 403);
        assert_eq!(file(client, "compliance.json", &query).await.0, 403);
    }
    assert_eq!(code(&generate(&desk.auditor, json!({})).await), "FORBIDDEN", "nothing is written");
    assert_eq!(file(&desk.auditor, "compliance.html", &query).await.0, 200);
    let stranger = Client::new(&desk.ada.base);
    assert_eq!(refused(&stranger, SECTIONS, span()).await, "UNAUTHENTICATED");
    assert_eq!(stranger.get("/reports/compliance.html").await.0, 401);

    // Who asked for one is kept, whatever the answer was.
    for (login, effect) in [("auditor", "ALLOW"), ("agent1", "DENY")] {
        noted(&desk.admin, login, effect).await;
    }

    let backwards = json!({"f": TO, "t": FROM});
    assert_eq!(refused(&desk.auditor, SECTIONS, backwards).await, "BAD_REQUEST");
    let beyond = with(span(), json!({"a": "999999999"}));
    assert_eq!(refused(&desk.auditor, SECTIONS, beyond).await, "BAD_REQUEST");
    assert_eq!(file(&desk.auditor, "compliance.html", &[("from", FROM)]).await.0, 400);
    assert_eq!(file(&desk.auditor, "compliance.json", &[("from", TO), ("to", FROM)]).await.0, 400);
    for (more, expected) in [
        (json!({"to": FROM}), "COMPLIANCE_REPORT_PERIOD_UNFIT"),
        (json!({"at": "0"}), "COMPLIANCE_REPORT_POSITION_UNFIT"),
        (json!({"at": "999999999"}), "COMPLIANCE_REPORT_POSITION_UNFIT"),
        (json!({"sample": {"seed": "", "size": 25}}), "COMPLIANCE_REPORT_SAMPLE_UNFIT"),
        (json!({"sample": {"seed": "x", "size": 26}}), "COMPLIANCE_REPORT_SAMPLE_UNFIT"),
    ] {
        let payload = generate(&desk.admin, more.clone()).await;
        assert_eq!(code(&payload), expected, "{more}: {payload}");
    }
}

/// Waits until the decision log has a read of this person's that was answered so.
async fn noted(admin: &Client, login: &str, effect: &str) {
    let query = "query($e: DecisionEffect) {
        decisionLog(filter: {action: \"compliance_report.read\", effect: $e}, first: 100) {
            nodes { actor { person { login } } } } }";
    for _ in 0..200 {
        let found = admin.data(query, json!({"e": effect})).await["decisionLog"]["nodes"].clone();
        let nodes = found.as_array().unwrap();
        if nodes.iter().any(|node| node["actor"]["person"]["login"] == login) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{effect} of {login} is not kept");
}

#[tokio::test]
async fn whoever_reviews_compliance_opens_what_is_of_access_and_not_the_whole_log() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let ada = own_id(&desk.ada).await;
    let roles = "{ roles(search: \"Compliance reviewer\", first: 1) { nodes { id } } }";
    let role = desk.admin.data(roles, json!({})).await["roles"]["nodes"][0]["id"].clone();
    let input = json!({"subjectId": ada, "what": {"roleId": role}});
    accepted(&mutate_noun(&desk.admin, "grantAccess", "grant { id }", input).await);
    let ada = desk.ada.at(&desk.ada.base).sign_in("agent1", DEMO_PASSWORD).await;
    followed(&world).await;
    let made = generate(&ada, json!({})).await;
    let at = accepted(&made)["complianceReport"]["at"].clone();
    assert!(!evidence(&ada, &at, &json!(2), &json!(3)).await.is_empty());
    for section in [1, 12] {
        let asked = with(span(), json!({"p": at, "s": section, "n": 3}));
        assert_eq!(refused(&ada, EVIDENCE, asked).await, "FORBIDDEN", "{section}");
    }
}

#[tokio::test]
async fn a_repeated_command_makes_one_report() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let named = || json!({"idempotencyKey": "q1", "sample": {"seed": "2026-Q1", "size": 25}});
    let first = generate(&desk.admin, named()).await;
    let again = generate(&desk.admin, named()).await;
    assert_eq!(accepted(&again)["replayed"], true);
    assert_eq!(accepted(&first)["complianceReport"], again["complianceReport"]);
    let made = "{ events(types: [\"compliance_report.generated\"]) { totalCount nodes {
        actor { person { login } } changes { field to } } } }";
    followed(&world).await;
    let made = desk.admin.data(made, json!({})).await["events"].clone();
    assert_eq!(made["totalCount"], 1);
    let changes = made["nodes"][0]["changes"].as_array().unwrap();
    let hash = &first["complianceReport"]["sha256"];
    assert!(changes.iter().any(|change| change["to"] == *hash), "{changes:?}");
}

fn replay(world: &World, arguments: &[&str], code: i32) -> String {
    told(&world.run_replay(arguments), arguments, code)
}

/// `replay` where there is neither a data folder nor a database.
fn offline(folder: &Path, arguments: &[&str], code: i32) -> String {
    let mut command = Command::new(binary("replay"));
    let command = command.args(arguments).env_remove("DATABASE_URL").current_dir(folder);
    told(&run(command), arguments, code)
}

fn told(done: &Finished, arguments: &[&str], code: i32) -> String {
    assert_eq!(done.code, code, "{arguments:?}\n{}\n{}", done.stdout, done.stderr);
    done.stdout.clone()
}

/// A report with a sample that the server made, as its file, and what the payload said of it.
async fn kept(world: &mut World) -> (Desk, PathBuf, Value) {
    let desk = Desk::open(world).await;
    followed(world).await;
    let made = generate(&desk.admin, json!({"sample": {"seed": "2026-Q1", "size": 25}})).await;
    let report = accepted(&made)["complianceReport"].clone();
    let path = world.folder().join("q1.json");
    fs::write(&path, report["text"].as_str().unwrap()).unwrap();
    (desk, path, report)
}

#[tokio::test]
async fn the_auditor_counts_byte_by_byte_what_the_server_made() {
    let mut world = World::demo().await;
    let (desk, _, report) = kept(&mut world).await;
    let text = report["text"].as_str().unwrap();
    let (at, signed) = (report["at"].as_str().unwrap(), report["signedSize"].to_string());
    let asked = ["--from", FROM, "--to", TO, "--at", at, "--signed", &signed];
    let asked = [&["compliance-report"], &asked[..], &["--sample", "2026-Q1"]].concat();
    assert_eq!(replay(&world, &asked, 0), text);
    let query = [("from", FROM), ("to", TO), ("at", at), ("signed", &signed), ("seed", "2026-Q1")];
    assert_eq!(file(&desk.auditor, "compliance.json", &query).await, (200, text.to_owned()));
    let (status, page) = file(&desk.auditor, "compliance.html", &query).await;
    assert_eq!((status, page.contains(report["sha256"].as_str().unwrap())), (200, true));
    assert_eq!(replay(&world, &[&asked[..], &["--html"]].concat(), 0), page);
    replay(&world, &[&asked[..], &["--size", "26"]].concat(), 2);
    let document: Value = serde_json::from_str(text).unwrap();
    let sections = document["sections"].as_array().unwrap();
    let sample = sections.iter().find(|section| section["number"] == 13).unwrap();
    assert_eq!(sample["title"], "Sample");
    let value = |section: &Value, name: &str| {
        let figures = section["figures"].as_array().unwrap();
        figures.iter().find(|it| it["name"] == name).unwrap()["value"].as_i64().unwrap()
    };
    let people = value(&sections[1], "joined");
    assert!((2..25).contains(&people), "{people} came");
    assert_eq!(value(sample, "joined"), people, "all of them where there are no more");
}

#[tokio::test]
async fn t33_a_report_that_was_changed_is_not_the_one_that_was_made() {
    let mut world = World::demo().await;
    let (_desk, path, report) = kept(&mut world).await;
    let file = path.to_str().unwrap().to_owned();
    let said = replay(&world, &["verify", "--report", &file, "--json"], 0);
    let line = said.lines().find(|line| line.contains("\"report\"")).unwrap();
    let made: Value = serde_json::from_str(line).unwrap();
    assert_eq!(made["report"]["sha256"], report["sha256"]);
    let position = made["report"]["position"].as_i64().unwrap();
    assert!(position > report["at"].as_str().unwrap().parse().unwrap());

    let text = report["text"].as_str().unwrap();
    let other = world.folder().join("other.json");
    let altered = other.to_str().unwrap().to_owned();
    let figure = "\"name\":\"joined\",\"value\":";
    let place = text.find(figure).unwrap() + figure.len();
    let end = place + text[place..].find(',').unwrap();
    let fewer = format!("{}0{}", &text[..place], &text[end..]);
    assert_ne!(fewer, text);
    // Nobody made this one, though every word of it is true.
    let at = report["at"].as_str().unwrap();
    let true_one = ["compliance-report", "--from", FROM, "--to", TO, "--at", at];
    let true_one = replay(&world, &true_one, 0);
    let spelled = format!(" {text}");
    for changed in [&*fewer, &true_one, &spelled, text.trim_end(), "{}", ""] {
        fs::write(&other, changed).unwrap();
        replay(&world, &["verify", "--report", &altered], 1);
    }
    fs::write(&other, &fewer).unwrap();
    replay(&world, &["verify", "--report", "nowhere.json"], 2);

    // Without the database: by the proof of the event, and by a bundle of what was drawn.
    signed(&world, position).await;
    let folder = world.folder().to_owned();
    let name = |name: &str| folder.join(name).display().to_string();
    let (proof, event, policy) = (name("made.proof"), name("made.json"), name("log/policy"));
    replay(&world, &["prove", &position.to_string(), "--out", &proof, "--event", &event], 0);
    let proven = ["verify", "--proof", &proof, "--event", &event, "--policy", &policy];
    offline(&folder, &[&proven[..], &["--report", &file]].concat(), 0);
    offline(&folder, &[&proven[..], &["--report", &altered]].concat(), 1);
    let bundle = name("sampled");
    replay(&world, &["export", &bundle, "--report", &file], 0);
    let bundled = ["verify", "--bundle", &bundle, "--policy", &policy];
    offline(&folder, &[&bundled[..], &["--report", &file]].concat(), 0);
    offline(&folder, &[&bundled[..], &["--report", &altered]].concat(), 1);
    let events = fs::read_to_string(folder.join("sampled/events.ndjson")).unwrap();
    let numbers: BTreeSet<i64> = events
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["global_seq"].as_i64().unwrap())
        .collect();
    assert_eq!(numbers, drawn(text).into_iter().chain([position]).collect());
}

#[tokio::test]
async fn t33_a_hash_that_was_changed_in_the_log_is_named() {
    let mut world = World::demo().await;
    let (_desk, path, report) = kept(&mut world).await;
    let fewer = report["text"].as_str().unwrap().replace("\"Population\"", "\"Populace\"");
    fs::write(&path, &fewer).unwrap();
    drop(world.take_server());
    let forge = "update journal.events set payload =
        replace(payload::text, $1, encode(sha256(convert_to($2, 'UTF8')), 'hex'))::json
        where event_type = 'compliance_report.generated'";
    let mut database = world.superuser().await;
    let disarm = "alter table journal.events disable trigger all";
    sqlx::query(disarm).execute(&mut database).await.unwrap();
    let hash = report["sha256"].as_str().unwrap();
    let done = sqlx::query(forge).bind(hash).bind(&fewer).execute(&mut database).await.unwrap();
    assert_eq!(done.rows_affected(), 1);
    let said = replay(&world, &["verify", "--report", path.to_str().unwrap()], 1);
    assert!(said.contains("TAMPERED WITH"), "{said}");
}

/// What the sample of a document shows.
fn drawn(text: &str) -> BTreeSet<i64> {
    let document: Value = serde_json::from_str(text).unwrap();
    let sections = document["sections"].as_array().unwrap();
    let sample = sections.iter().find(|it| it["number"] == 13).unwrap();
    let figures = sample["figures"].as_array().unwrap();
    figures.iter().flat_map(|it| positions(it["events"].as_str().unwrap())).collect()
}

/// Waits until a checkpoint covers this position.
async fn signed(world: &World, position: i64) {
    let mut database = world.superuser().await;
    for _ in 0..600 {
        let size = sqlx::query_scalar("select max(size) from journal.checkpoints");
        let size: Option<i64> = size.fetch_one(&mut database).await.unwrap();
        if size >= Some(position) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("position {position} is not signed");
}
