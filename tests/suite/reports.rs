//! Reports of service levels and key figures: what they count of a small known story, who may have
//! them, as CSV, and that an auditor counts the same from the log alone.

use std::time::Duration;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};

use crate::desk::{Desk, accepted, mutate, mutate_noun};

const SCORE: &str = "{ met failed successPercent }";

/// The story: who leads, and where the log stood.
struct Told {
    desk: Desk,
    head: Client,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    /// Where the mutation before the last stands.
    middle: i64,
    last: Value,
}

/// An answer that is read from where the story ends.
async fn asked(told: &Told, client: &Client, query: &str, variables: Value) -> Value {
    let request = client.request(query, variables);
    let position = told.last.as_str().unwrap();
    request.header("x-after-position", position).send().await.unwrap().json().await.unwrap()
}

async fn report(told: &Told, client: &Client, unit: &Value) -> Value {
    let query = format!(
        "query($u: ID!, $f: DateTime!, $t: DateTime!) {{ slaReport(unitId: $u, from: $f, to: $t) {{
            at csvPath unit {{ name }} created incoming
            completed {{ tickets reaction {SCORE} work {SCORE} deadline {SCORE} }}
            notCompleted {{ tickets reaction {SCORE} }}
            completedLines: lines(part: COMPLETED, first: 1) {{ totalCount
                pageInfo {{ hasNextPage endCursor }}
                nodes {{ number author {{ name }} requester {{ name }} outcome resolver {{ name }}
                    ticket {{ title }} clocks {{ clock limitSeconds met }} }} }} }} }}"
    );
    asked(told, client, &query, json!({"u": unit, "f": told.from, "t": told.to})).await
}

async fn head_of_log(world: &World) -> i64 {
    let mut database = world.superuser().await;
    let row = sqlx::query_scalar("select max(global_seq) from journal.log");
    row.fetch_one(&mut database).await.unwrap()
}

/// Waits until everything said has a number.
async fn settled(world: &World) -> i64 {
    let mut database = world.superuser().await;
    for _ in 0..200 {
        let row = sqlx::query_scalar(
            "select (select count(*) from journal.events) = (select count(*) from journal.log)",
        );
        if row.fetch_one(&mut database).await.unwrap() {
            return head_of_log(world).await;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the log does not settle");
}

/// Two tickets that Ada reports and solves, one that she passes on, one that nobody answers; all under
/// a plan that gives a second to react at low priority.
async fn told(world: &mut World) -> Told {
    let desk = Desk::open(world).await;
    let head = desk.ada.at(&desk.ada.base).sign_in("head1", DEMO_PASSWORD).await;
    let target = |priority: &str, reaction: u32| {
        json!({"priority": priority, "reactionSeconds": reaction, "workSeconds": 7_200,
            "deadlineSeconds": 28_800})
    };
    let targets = [("CRITICAL", 600), ("HIGH", 600), ("NORMAL", 600), ("LOW", 1)];
    let targets: Vec<Value> = targets.iter().map(|(name, it)| target(name, *it)).collect();
    let plan = json!({"name": "Quick", "targets": targets});
    let plan = mutate_noun(&desk.director, "slaPlanDefine", "slaPlan { id }", plan).await;
    let plan = accepted(&plan)["slaPlan"]["id"].clone();
    let sla = json!({"sla": {"on": true, "plans": [{"kind": "INCIDENT", "slaPlanId": plan}]}});
    accepted(&mutate_noun(&desk.admin, "settingsChange", "settings { version }", sla).await);
    settled(world).await;

    let from = now();
    let open = async |client: &Client, input: Value| {
        let mut asked = json!({"kind": "INCIDENT", "title": "A matter"});
        asked.as_object_mut().unwrap().extend(input.as_object().unwrap().clone());
        accepted(&mutate(client, "ticketOpen", asked).await)["ticket"]["id"].clone()
    };
    for _ in 0..2 {
        let id = open(&desk.ada, json!({"unitId": desk.service_desk, "priority": "NORMAL"})).await;
        accepted(&mutate(&desk.ada, "ticketStartWork", json!({"ticketId": id})).await);
        let solved = json!({"ticketId": id, "code": "FIXED", "solution": "Done"});
        accepted(&mutate(&desk.ada, "ticketResolve", solved).await);
    }
    let middle = settled(world).await;
    open(&desk.ada, json!({"unitId": desk.infrastructure, "priority": "NORMAL"})).await;
    let late = json!({"kind": "INCIDENT", "title": "Late", "unitId": desk.service_desk,
        "priority": "LOW"});
    let last = accepted(&mutate(&desk.ada, "ticketOpen", late).await)["position"].clone();
    settled(world).await;
    Told { desk, head, from, to: from + TimeDelta::days(1), middle, last }
}

/// The present: the desk of these tests lives by the machine's clock.
#[expect(clippy::disallowed_methods, reason = "the server's clock is the machine's")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

#[tokio::test]
async fn a_unit_s_report_counts_what_its_people_did() {
    let mut world = World::demo().await;
    let told = told(&mut world).await;
    let desk = &told.desk;
    let mut found = Value::Null;
    for _ in 0..300 {
        found = report(&told, &told.head, &desk.service_desk).await["data"]["slaReport"].clone();
        if found["notCompleted"]["reaction"]["failed"] == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(found["unit"]["name"], "Service Desk", "{found}");
    assert_eq!((&found["created"], &found["incoming"]), (&json!(4), &json!(3)));
    let all_met = json!({"met": 2, "failed": 0, "successPercent": 100.0});
    assert_eq!(
        found["completed"],
        json!({"tickets": 2, "reaction": all_met, "work": all_met, "deadline": all_met})
    );
    let late = json!({"met": 0, "failed": 1, "successPercent": 0.0});
    assert_eq!(found["notCompleted"], json!({"tickets": 1, "reaction": late}));
    let lines = &found["completedLines"];
    assert_eq!(
        (&lines["totalCount"], &lines["pageInfo"]["hasNextPage"]),
        (&json!(2), &json!(true))
    );
    let line = &lines["nodes"][0];
    assert_eq!(
        (&line["outcome"], &line["author"]["name"]),
        (&json!("SOLVED"), &json!("Ada Agent"))
    );
    assert_eq!(
        (&line["resolver"]["name"], &line["ticket"]["title"]),
        (&json!("Ada Agent"), &json!("A matter"))
    );
    assert_eq!(line["clocks"][1], json!({"clock": "WORK", "limitSeconds": 7_200, "met": true}));

    // The auditor counts the same from the log, now and as it stood before the last ones.
    let counted = |at: &str| {
        let [from, to] = [told.from, told.to].map(|at| at.to_rfc3339());
        let asked = ["sla-report", "--unit", "service desk", "--from", &from, "--to", &to];
        let done = world.run_replay(&[&asked[..], &["--at", at, "--json"]].concat());
        assert_eq!(done.code, 0, "{}", done.stderr);
        serde_json::from_str::<Value>(&done.stdout).unwrap()
    };
    let now = counted(found["at"].as_str().unwrap());
    assert_eq!((&now["created"], &now["incoming"]), (&found["created"], &found["incoming"]));
    assert_eq!(now["completed"]["tickets"], 2);
    let reaction = json!({"met": 2, "failed": 0, "success_percent": "100.0"});
    assert_eq!(now["completed"]["reaction"], reaction);
    assert_eq!(now["not_completed"]["reaction"]["failed"], 1);
    let before = counted(&told.middle.to_string());
    assert_eq!((&before["created"], &before["incoming"]), (&json!(2), &json!(2)));
    assert_eq!(
        (&before["completed"]["tickets"], &before["not_completed"]["tickets"]),
        (&json!(2), &json!(0))
    );
}

#[tokio::test]
async fn reports_are_for_heads_of_their_units_and_for_directors() {
    let mut world = World::demo().await;
    let told = told(&mut world).await;
    let desk = &told.desk;
    let code = |answer: &Value| answer["errors"][0]["extensions"]["code"].clone();
    let kpis = "query($u: ID, $f: DateTime!, $t: DateTime!) {
        kpis(unitId: $u, from: $f, to: $t) { nodes { opened } } }";
    let sheet = async |client: &Client, path: &str, unit: Option<&Value>| {
        let mut query = vec![("from", told.from.to_rfc3339()), ("to", told.to.to_rfc3339())];
        query.extend(unit.map(|unit| ("unit", unit.as_str().unwrap().to_owned())));
        let request = client.http().get(format!("{}{path}", client.base)).query(&query);
        request.bearer_auth(client.token().unwrap()).send().await.unwrap().status().as_u16()
    };
    for client in [&desk.ada, &desk.carla, &desk.auditor, &desk.admin] {
        let own = report(&told, client, &desk.service_desk).await;
        assert_eq!(code(&own), "FORBIDDEN");
        let asked = json!({"u": desk.service_desk, "f": told.from, "t": told.to});
        assert_eq!(code(&asked_as(client, kpis, asked).await), "FORBIDDEN");
        assert_eq!(sheet(client, "/reports/sla.csv", Some(&desk.service_desk)).await, 403);
        assert_eq!(sheet(client, "/reports/kpis.csv", Some(&desk.service_desk)).await, 403);
    }
    let span = |unit: &Value| json!({"u": unit, "f": told.from, "t": told.to});
    assert_eq!(code(&report(&told, &told.head, &desk.infrastructure).await), "FORBIDDEN");
    assert_eq!(sheet(&told.head, "/reports/sla.csv", Some(&desk.infrastructure)).await, 403);
    assert_eq!(code(&asked_as(&told.head, kpis, span(&Value::Null)).await), "FORBIDDEN");
    assert_eq!(code(&asked_as(&told.head, kpis, span(&desk.service_desk)).await), Value::Null);
    assert_eq!(code(&asked_as(&desk.director, kpis, span(&Value::Null)).await), Value::Null);
    let infra = report(&told, &desk.director, &desk.infrastructure).await;
    assert_eq!(infra["data"]["slaReport"]["incoming"], 1);
    assert_eq!(sheet(&desk.director, "/reports/kpis.csv", None).await, 200);
    assert_eq!(sheet(&desk.director, "/reports/sla.csv", None).await, 400);
    let long = json!({"u": desk.service_desk, "f": "2020-01-01T00:00:00Z", "t": told.to});
    let query = "query($u: ID!, $f: DateTime!, $t: DateTime!) {
        slaReport(unitId: $u, from: $f, to: $t) { created } }";
    assert_eq!(code(&asked_as(&desk.director, query, long).await), "BAD_REQUEST");
    let nobody = world.serve();
    let path = format!("{}/reports/sla.csv", nobody.base);
    assert_eq!(nobody.http().get(path).send().await.unwrap().status().as_u16(), 401);
}

async fn asked_as(client: &Client, query: &str, variables: Value) -> Value {
    client.request(query, variables).send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn the_csv_file_is_what_the_auditor_writes() {
    let mut world = World::demo().await;
    let told = told(&mut world).await;
    let found = report(&told, &told.head, &told.desk.service_desk).await;
    let path = found["data"]["slaReport"]["csvPath"].as_str().unwrap().to_owned();
    let request = told.head.http().get(format!("{}{path}", told.head.base));
    let response = request.bearer_auth(told.head.token().unwrap()).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.headers()["content-type"].to_str().unwrap().starts_with("text/csv"));
    let at = response.headers()["x-report-at"].to_str().unwrap().to_owned();
    let text = response.text().await.unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let parts: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
    let of = |part: &str| parts.iter().filter(|it| *it == part).count();
    let counts = ["CREATED", "INCOMING", "COMPLETED", "NOT_COMPLETED"].map(of);
    assert_eq!(counts, [4, 3, 2, 1], "{text}");
    let [from, to] = [told.from, told.to].map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    let replayed = world.run_replay(&[
        "sla-report",
        "--unit",
        "Service Desk",
        "--from",
        &from,
        "--to",
        &to,
        "--at",
        &at,
        "--csv",
    ]);
    assert_eq!(replayed.code, 0, "{}", replayed.stderr);
    assert_eq!(replayed.stdout, text);
    let backwards = ["sla-report", "--unit", "Service Desk", "--from", &to, "--to", &from];
    assert_eq!(world.run_replay(&backwards).code, 2);
    let nowhere = ["sla-report", "--unit", "Nowhere", "--from", &from, "--to", &to];
    assert_eq!(world.run_replay(&nowhere).code, 2);
}

#[tokio::test]
async fn key_figures_tell_people_and_months_apart() {
    let mut world = World::demo().await;
    let told = told(&mut world).await;
    let query = "query($u: ID, $f: DateTime!, $t: DateTime!, $by: KpiGrouping!) {
        kpis(unitId: $u, from: $f, to: $t, by: $by) { totalCount nodes { unit { name }
            person { name } month opened resolved { tickets reaction { met failed } }
            meanResolutionSeconds reopenPercent reassignmentPercent firstContactPercent
            backlog { fromDays toDays tickets } } } }";
    let by = async |by: &str, unit: &Value| {
        let asked_for = json!({"u": unit, "f": told.from, "t": told.to, "by": by});
        let found = asked(&told, &told.desk.director, query, asked_for).await;
        found["data"]["kpis"]["nodes"].as_array().unwrap_or_else(|| panic!("{found}")).clone()
    };
    let desk = by("WHOLE", &told.desk.service_desk).await;
    let [whole] = &desk[..] else { panic!("{desk:?}") };
    assert_eq!((&whole["opened"], &whole["resolved"]["tickets"]), (&json!(3), &json!(2)));
    assert_eq!(whole["resolved"]["reaction"], json!({"met": 2, "failed": 0}));
    assert_eq!(
        (&whole["reopenPercent"], &whole["firstContactPercent"]),
        (&json!(0.0), &json!(100.0))
    );
    let people = by("PERSON", &told.desk.service_desk).await;
    let ada = people.iter().find(|row| row["person"]["name"] == "Ada Agent").unwrap();
    assert_eq!(
        (&ada["resolved"]["tickets"], &ada["reassignmentPercent"]),
        (&json!(2), &json!(0.0))
    );
    let units = by("UNIT", &Value::Null).await;
    let infra = units.iter().find(|row| row["unit"]["name"] == "Infrastructure").unwrap();
    assert_eq!((&infra["opened"], &infra["meanResolutionSeconds"]), (&json!(1), &Value::Null));
    let months = by("MONTH", &Value::Null).await;
    assert_eq!(months.iter().map(|row| row["opened"].as_i64().unwrap()).sum::<i64>(), 4);
}
