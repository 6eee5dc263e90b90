//! The real incident log: in through commands, out as tickets, killed and repeated.

use std::collections::BTreeMap;
use std::io::Read;
use std::process::Stdio;
use std::time::Duration;

use chrono::{DateTime, Utc};
use flate2::read::GzDecoder;
use serde_json::{Value, json};
use sqlx::Row;
use testbed::{DEMO_PASSWORD, World};

const SAMPLE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/data/uci_incident_event_log_first2000.csv.gz");

/// The rows, as the file's author counts them: by column name.
fn rows() -> Vec<BTreeMap<String, String>> {
    let mut text = String::new();
    GzDecoder::new(std::fs::File::open(SAMPLE).unwrap()).read_to_string(&mut text).unwrap();
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// `29/2/2016 01:16` as an instant that sorts.
fn instant(text: &str) -> String {
    let (date, time) = text.split_once(' ').unwrap();
    let parts: Vec<u32> = date.split('/').map(|part| part.parse().unwrap()).collect();
    format!("{:04}-{:02}-{:02}T{time}:00Z", parts[2], parts[1], parts[0])
}

fn state_of(word: &str) -> &'static str {
    match word {
        "New" => "NEW",
        "Active" => "IN_PROGRESS",
        "Resolved" => "RESOLVED",
        "Closed" => "CLOSED",
        _ => "PENDING",
    }
}

/// The last line an import printed.
fn events_of(world: &World) -> i64 {
    let text = world.run_annals(&["import", "incident-log", SAMPLE, "--plan", "Sample"]);
    assert_eq!(text.code, 0, "{}", text.stderr);
    assert!(text.stdout.contains("14041 rows"), "{}", text.stdout);
    assert!(text.stdout.contains(" 0 refused"), "{}", text.stdout);
    let words: Vec<&str> = text.stdout.split([' ', ';']).collect();
    let at = words.iter().position(|word| *word == "ticket").unwrap();
    words[at - 1].parse().unwrap()
}

async fn event_count(world: &World) -> i64 {
    let mut database = world.superuser().await;
    let row = sqlx::query("select count(*) from journal.events").fetch_one(&mut database).await;
    row.unwrap().get(0)
}

#[tokio::test]
async fn two_thousand_incidents_come_out_as_they_went_in_and_only_once() {
    let mut world = World::demo().await;
    define_plan(&world);
    let dry =
        world.run_annals(&["import", "incident-log", SAMPLE, "--dry-run", "--plan", "Sample"]);
    assert!(dry.stdout.starts_with("dry run") && dry.stdout.contains(" 0 refused"), "{dry:?}");
    let before = event_count(&world).await;
    // Killed somewhere, then again: the third one finishes what is left.
    for delay in [900, 1700] {
        let mut command = world.annals(&["import", "incident-log", SAMPLE, "--plan", "Sample"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        tokio::time::sleep(Duration::from_millis(delay)).await;
        child.kill().unwrap();
        child.wait().unwrap();
    }
    events_of(&world);
    let once = event_count(&world).await;
    assert!(once > before + 14_000, "{before} {once}");
    assert_eq!(events_of(&world), 0, "a second import makes nothing");
    assert_eq!(event_count(&world).await, once);

    assert_tickets(&mut world).await;
    assert_as_of(&world);
    let verified = world.run_replay(&["verify"]);
    assert_eq!(verified.code, 0, "{}\n{}", verified.stdout, verified.stderr);
    assert_eq!(world.run_replay(&["rebuild", "all"]).code, 0);
}

/// Every imported ticket against its rows.
async fn assert_tickets(world: &mut World) {
    let auditor = world.serve().sign_in("auditor", DEMO_PASSWORD).await;
    let query = "query($a: Cursor) { tickets(first: 100, after: $a,
        where: {externalRef: {isNull: false}}) { totalCount pageInfo { hasNextPage endCursor }
        nodes { externalRef state reopenCount reassignmentCount priority createdAt closedAt
            sla { deadline { limitSeconds usedSeconds met } } } } }";
    let mut tickets: BTreeMap<String, Value> = BTreeMap::new();
    let mut after = Value::Null;
    loop {
        let data = auditor.data(query, json!({"a": after})).await;
        assert_eq!(data["tickets"]["totalCount"], 2000);
        for ticket in data["tickets"]["nodes"].as_array().unwrap() {
            let key = ticket["externalRef"].as_str().unwrap().to_owned();
            tickets.insert(key, ticket.clone());
        }
        if data["tickets"]["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = data["tickets"]["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(tickets.len(), 2000);
    let last: BTreeMap<String, BTreeMap<String, String>> =
        rows().into_iter().map(|row| (row["number"].clone(), row)).collect();
    let (mut reopened, mut moved_right) = (0, 0);
    for (number, ticket) in &tickets {
        let row = &last[number];
        assert_eq!(ticket["state"], "CLOSED", "{number}");
        assert_eq!(ticket["reopenCount"].to_string(), row["reopen_count"], "{number}");
        reopened += ticket["reopenCount"].as_i64().unwrap();
        let moved: i64 = row["reassignment_count"].parse().unwrap();
        moved_right += i32::from(ticket["reassignmentCount"] == moved);
        let names = ["CRITICAL", "HIGH", "NORMAL", "LOW"];
        let priority: usize = row["priority"][..1].parse().unwrap();
        assert_eq!(ticket["priority"], names[priority - 1], "{number}");
    }
    assert_eq!(reopened, 33);
    assert!(moved_right >= 1983, "{moved_right}");
    assert_verdicts(&tickets, &last);
}

/// The log says of each incident whether it was in time. It seems to have measured from the opening
/// to the closing, 217.5 hours of every day for `3 - Moderate`.
fn define_plan(world: &World) {
    let targets = ["CRITICAL", "HIGH", "NORMAL", "LOW"].map(|priority| {
        let deadline = if priority == "NORMAL" { LIMIT } else { 0 };
        json!({"priority": priority, "deadlineSeconds": deadline})
    });
    let line = json!({"at": "2016-01-01T00:00:00Z", "actor": "director",
        "mutation": "slaPlanDefine", "input": {"name": "Sample", "targets": targets}});
    let file = world.folder().join("plan.ndjson");
    std::fs::write(&file, line.to_string()).unwrap();
    let told = world.run_annals(&["import", "commands", file.to_str().unwrap()]);
    assert!(told.code == 0 && told.stdout.contains(" 0 refused"), "{told:?}");
}

/// 217.5 hours.
const LIMIT: i64 = 783_000;

/// The log's verdicts against ours: by the closing, which is what the log seems to have measured, and
/// by the deadline clock, which a resolution ends.
fn assert_verdicts(
    tickets: &BTreeMap<String, Value>,
    last: &BTreeMap<String, BTreeMap<String, String>>,
) {
    let (mut judged, mut closed_alike, mut clocks_alike) = (0, 0, 0);
    for (number, ticket) in tickets.iter().filter(|(_, ticket)| ticket["priority"] == "NORMAL") {
        let deadline = &ticket["sla"]["deadline"];
        assert_eq!(deadline["limitSeconds"], LIMIT, "{number}");
        let [opened, closed] = ["createdAt", "closedAt"]
            .map(|name| ticket[name].as_str().unwrap().parse::<DateTime<Utc>>().unwrap());
        let made = last[number]["made_sla"].eq_ignore_ascii_case("true");
        judged += 1;
        closed_alike += i32::from(((closed - opened).num_seconds() <= LIMIT) == made);
        clocks_alike += i32::from(deadline["met"] == made);
        let kept = deadline["usedSeconds"].as_i64().unwrap() <= LIMIT;
        assert_eq!(deadline["met"], kept, "{number}");
    }
    assert_eq!((judged, closed_alike, clocks_alike), (1733, 1728, 1234), "as the book tells");
}

/// Tickets per state at past instants, by the time things happened.
fn assert_as_of(world: &World) {
    let rows = rows();
    for at in ["2016-03-01T12:00:00Z", "2016-03-03T08:30:00Z", "2016-03-20T00:00:00Z"] {
        let mut states: BTreeMap<&str, &'static str> = BTreeMap::new();
        for row in rows.iter().filter(|row| instant(&row["sys_updated_at"]).as_str() <= at) {
            states.insert(&row["number"], state_of(&row["incident_state"]));
        }
        let told = world.run_replay(&["as-of", at, "--occurred", "tickets", "--json"]);
        assert_eq!(told.code, 0, "{}", told.stderr);
        let mut compared = 0;
        for line in told.stdout.lines() {
            let ticket: Value = serde_json::from_str(line).unwrap();
            let Some(number) = ticket["external_ref"].as_str() else { continue };
            // Before its first row a ticket is known to be open, no more.
            let Some(expected) = states.get(number) else { continue };
            let state = ticket["state"].as_str().unwrap();
            let state = if state == "ASSIGNED" { "NEW" } else { state };
            assert_eq!(&state, expected, "{number} at {at}");
            compared += 1;
        }
        assert_eq!(compared, states.len(), "at {at}");
    }
}

#[tokio::test]
async fn bad_files_are_told_apart_and_bad_rows_stop_nothing() {
    let world = World::demo().await;
    let import = |file: &str, more: &[&str]| {
        let mut arguments = vec!["import", "incident-log", file];
        arguments.extend(more);
        world.run_annals(&arguments)
    };
    assert_eq!(import("/nowhere.csv", &[]).code, 2);
    let folder = world.folder();
    let other = folder.join("other.csv");
    std::fs::write(&other, "a,b\n1,2\n").unwrap();
    let finished = import(other.to_str().unwrap(), &[]);
    assert_eq!(finished.code, 2);
    assert!(finished.stderr.contains("columns"), "{}", finished.stderr);
    let broken = folder.join("broken.csv");
    let good = rows().into_iter().take(3).collect::<Vec<_>>();
    let mut writer = csv::Writer::from_path(&broken).unwrap();
    writer.write_record(good[0].keys()).unwrap();
    for (index, row) in good.iter().enumerate() {
        let value = |(name, value): (&String, &String)| match (index, name.as_str()) {
            (1, "sys_updated_at") => "yesterday".to_owned(),
            _ => value.clone(),
        };
        writer.write_record(row.iter().map(value)).unwrap();
    }
    writer.flush().unwrap();
    let lax = import(broken.to_str().unwrap(), &[]);
    assert_eq!(lax.code, 0, "{}", lax.stderr);
    assert!(lax.stdout.contains("3 rows: 2 imported, 0 imported before, 1 refused"), "{lax:?}");
    let report = std::fs::read_to_string(folder.join("incident-log.report.ndjson")).unwrap();
    assert!(report.contains("\"UNREADABLE\""), "{report}");
    assert_eq!(import(broken.to_str().unwrap(), &["--strict"]).code, 3);
}

#[tokio::test]
async fn a_log_is_imported_under_a_plan() {
    let world = World::demo().await;
    let log = world.folder().join("one.csv");
    let few: Vec<_> = rows().into_iter().take(20).collect();
    let mut writer = csv::Writer::from_path(&log).unwrap();
    writer.write_record(few[0].keys()).unwrap();
    for row in &few {
        writer.write_record(row.values()).unwrap();
    }
    writer.flush().unwrap();
    let import = |plan: &str| {
        world.run_annals(&["import", "incident-log", log.to_str().unwrap(), "--plan", plan])
    };
    let before = event_count(&world).await;
    let unknown = import("Gold");
    assert!(unknown.code == 2 && unknown.stderr.contains("plan \"Gold\""), "{}", unknown.stderr);
    assert_eq!(event_count(&world).await, before);

    let all = ["CRITICAL", "HIGH", "NORMAL", "LOW"];
    let targets = all.map(|it| json!({"priority": it, "deadlineSeconds": 783_000}));
    let define = json!({"at": "2016-01-01T00:00:00Z", "actor": "director",
        "mutation": "slaPlanDefine", "input": {"name": "Gold", "targets": targets}});
    let commands = world.folder().join("plan.ndjson");
    std::fs::write(&commands, define.to_string()).unwrap();
    let defined = world.run_annals(&["import", "commands", commands.to_str().unwrap(), "--strict"]);
    assert_eq!(defined.code, 0, "{}", defined.stderr);
    let imported = import("gold");
    assert!(imported.code == 0 && imported.stdout.contains(" 0 refused"), "{imported:?}");
    let mut database = world.superuser().await;
    let measured = "select count(*), count(*) filter (where payload->'opened'->'sla' is not null)
        from journal.events where event_type = 'ticket.opened' and metadata->>'source' = 'import'";
    let row = sqlx::query(measured).fetch_one(&mut database).await.unwrap();
    let (opened, measured): (i64, i64) = (row.get(0), row.get(1));
    assert!(opened > 1 && opened == measured, "{opened} {measured}");
}
