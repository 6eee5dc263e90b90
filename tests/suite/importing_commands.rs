//! Files of commands: a story from another desk comes in as it was, once; what cannot be is refused
//! line by line.

use std::io::Write;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

use api::workers::commands::fates;
use chrono::{DateTime, Utc};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use sqlx::Row;
use testbed::{DEMO_PASSWORD, World};

use crate::tidy::golden;

/// A command of the past.
fn line(at: &str, actor: &str, mutation: &str, input: Value) -> Value {
    json!({"at": format!("2026-01-05T{at}Z"), "actor": actor, "mutation": mutation, "input": input})
}

fn named(mut line: Value, reference: &str) -> Value {
    line["ref"] = json!(reference);
    line
}

fn write(world: &World, name: &str, lines: &[String]) -> PathBuf {
    let path = world.folder().join(name);
    std::fs::write(&path, lines.join("\n")).unwrap();
    path
}

fn text(lines: &[Value]) -> Vec<String> {
    lines.iter().map(Value::to_string).collect()
}

/// Runs the import; what it printed, and the answers to all lines.
fn import(world: &World, file: &PathBuf, more: &[&str]) -> (String, Vec<Value>) {
    let mut arguments = vec!["import", "commands", file.to_str().unwrap()];
    arguments.extend(more);
    let finished = world.run_annals(&arguments);
    assert_eq!(finished.code, 0, "{}\n{}", finished.stdout, finished.stderr);
    (finished.stdout, report(world))
}

fn report(world: &World) -> Vec<Value> {
    let text = std::fs::read_to_string(world.folder().join("commands.report.ndjson")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn outcomes(answers: &[Value]) -> Vec<&str> {
    answers.iter().map(|answer| answer["outcome"].as_str().unwrap()).collect()
}

async fn number(world: &World, statement: &str) -> i64 {
    let row = sqlx::query(statement).fetch_one(&mut world.superuser().await).await;
    row.unwrap().get(0)
}

async fn events(world: &World) -> i64 {
    number(world, "select count(*) from journal.events").await
}

/// One ticket's life, with the unit and the person that work on it.
fn story() -> Vec<Value> {
    let ticket = || json!({"ticketId": "$T1"});
    let with = |name: &str, value: &str| json!({"ticketId": "$T1", name: value});
    vec![
        named(
            line(
                "07:00:00",
                "director",
                "unitCreate",
                json!({"name": "Night watch", "kind": "SUPPORT_UNIT"}),
            ),
            "U",
        ),
        named(
            line(
                "07:01:00",
                "admin",
                "personRegister",
                json!({"login": "nina", "name": "Nina", "kind": "STAFF", "role": "AGENT", "unitIds": ["$U"]}),
            ),
            "N",
        ),
        named(
            line(
                "08:00:00",
                "client1",
                "ticketOpen",
                json!({"kind": "INCIDENT", "title": "No light", "description": "$$5 for a lamp"}),
            ),
            "T1",
        ),
        line(
            "08:10:00",
            "director",
            "ticketAssign",
            json!({"ticketId": "$T1", "unitId": "$U", "assigneeIds": ["$N"]}),
        ),
        line("08:20:00", "nina", "ticketStartWork", ticket()),
        line("08:30:00.123456", "nina", "ticketPend", with("pendingReason", "VENDOR")),
        line("09:00:00", "nina", "ticketResume", ticket()),
        line("09:05:00", "nina", "ticketStartWork", ticket()),
        line(
            "09:30:00",
            "nina",
            "ticketResolve",
            json!({"ticketId": "$T1", "code": "FIXED", "solution": "A lamp."}),
        ),
        line(
            "10:00:00",
            "client1",
            "ticketReopen",
            json!({"ticketId": "$T1", "reason": "Dark again"}),
        ),
        line(
            "10:30:00",
            "nina",
            "ticketResolve",
            json!({"ticketId": "$T1", "code": "FIXED", "solution": "Two lamps."}),
        ),
        line("11:00:00", "client1", "ticketClose", ticket()),
    ]
}

/// What stands in the ticket's stream: kind, when, by whom on whose behalf.
async fn told(world: &World, ticket: &Value) -> Vec<(String, String, String)> {
    let rows = sqlx::query(
        "select event_type, metadata->>'occurred_at', metadata->>'actor', metadata->>'source',
            metadata->>'on_behalf_of'
         from journal.events where aggregate_type = 'ticket'
         and encode(convert_to('Ticket:' || aggregate_id, 'UTF8'), 'base64') like $1 || '%'
         order by sequence",
    )
    .bind(&ticket.as_str().unwrap()[..40])
    .fetch_all(&mut world.superuser().await)
    .await
    .unwrap();
    let all = rows.into_iter().map(|row| {
        assert_eq!((row.get::<&str, _>(2), row.get::<&str, _>(3)), ("import", "import"));
        (row.get(0), row.get(1), row.get(4))
    });
    all.collect()
}

#[tokio::test]
async fn a_story_of_another_desk_comes_in_as_it_was_and_once() {
    let mut world = World::demo().await;
    let file = write(&world, "story.ndjson", &text(&story()));
    let before = events(&world).await;
    let (dry, fit) = import(&world, &file, &["--dry-run"]);
    assert!(dry.starts_with("dry run, nothing stored"), "{dry}");
    assert_eq!(outcomes(&fit), vec!["FIT"; 12], "{fit:?}");
    assert_eq!(events(&world).await, before);

    let (said, first) = import(&world, &file, &[]);
    assert!(said.starts_with("12 lines: 12 done, 0 repeated, 0 refused"), "{said} {first:?}");
    let ticket = first[2]["ids"][0].clone();
    assert!(first[3..].iter().all(|answer| answer["ids"] == json!([ticket])), "{first:?}");
    let told = told(&world, &ticket).await;
    let kinds = [
        "opened",
        "assigned",
        "work_started",
        "pended",
        "resumed",
        "work_started",
        "resolved",
        "reopened",
        "resolved",
        "closed",
    ];
    let times = [
        "08:00:00",
        "08:10:00",
        "08:20:00",
        "08:30:00.123456",
        "09:00:00",
        "09:05:00",
        "09:30:00",
        "10:00:00",
        "10:30:00",
        "11:00:00",
    ];
    for ((told, kind), time) in told.iter().zip(kinds).zip(times) {
        assert_eq!(told.0, format!("ticket.{kind}"));
        assert_eq!(told.1.parse::<DateTime<Utc>>(), format!("2026-01-05T{time}Z").parse());
    }
    assert_eq!(told.len(), kinds.len());
    assert_eq!(told[0].2, told[9].2, "the client opened and closed");
    assert_eq!(told[2].2, told[8].2, "Nina worked");

    let once = events(&world).await;
    // Packed it is the same file.
    let packed = world.folder().join("story.ndjson.gz");
    let mut gz = GzEncoder::new(std::fs::File::create(&packed).unwrap(), Compression::default());
    gz.write_all(&std::fs::read(&file).unwrap()).unwrap();
    gz.finish().unwrap();
    for again in [&file, &packed] {
        let (said, answers) = import(&world, again, &[]);
        assert!(said.starts_with("12 lines: 0 done, 12 repeated, 0 refused"), "{said}");
        let ids = |answers: &[Value]| -> Vec<Value> {
            answers.iter().map(|answer| answer["ids"].clone()).collect()
        };
        assert_eq!(ids(&answers), ids(&first), "{answers:?}");
        assert_eq!(events(&world).await, once);
    }
    // Beside a server; what is new is added, what was changed is refused.
    let auditor = world.serve().sign_in("auditor", DEMO_PASSWORD).await;
    let mut longer = story();
    longer[11]["at"] = json!("2026-01-05T12:00:00Z");
    longer.push(line(
        "13:00:00",
        "nina",
        "ticketComment",
        json!({"ticketId": "$T1", "body": "Ok"}),
    ));
    let (said, answers) = import(&world, &write(&world, "story.ndjson", &text(&longer)), &[]);
    assert!(said.starts_with("13 lines: 1 done, 11 repeated, 1 refused"), "{said}");
    assert_eq!(answers[11]["code"], "LINE_CHANGED");
    let query = "query($id: ID!) { node(id: $id) { ... on Ticket { state reopenCount description
        conversation(first: 5) { nodes { body author { name } } } } } }";
    let shown = auditor.data(query, json!({"id": ticket})).await["node"].clone();
    assert_eq!((&shown["state"], &shown["reopenCount"]), (&json!("CLOSED"), &json!(1)));
    assert_eq!(shown["description"], "$5 for a lamp");
    let comments = shown["conversation"]["nodes"].as_array().unwrap();
    assert_eq!(comments.last().unwrap()["author"]["name"], "Nina", "{comments:?}");
    assert_eq!(world.run_replay(&["verify"]).code, 0);
}

#[test]
fn every_mutation_of_the_schema_is_imported_or_refused_by_name() {
    let mut list =
        String::from("# What becomes of each mutation of the schema in a file of commands.\n");
    for (mutation, refused) in fates() {
        let fate = refused.unwrap_or_else(|| "imported".to_owned());
        assert!(!fate.contains("idempotencyKey"), "{mutation} cannot be recognised when repeated");
        list.push_str(&format!("{mutation}: {fate}\n"));
    }
    golden::compare("tests/golden/imported-mutations.txt", &list);
}

/// Lines that are refused, each with its code and the field at fault.
fn unfit() -> Vec<(String, &'static str, Value)> {
    let at = "2026-01-05T08:00:00Z";
    let open = || json!({"kind": "INCIDENT", "title": "No light"});
    let good = || line("08:00:00", "agent1", "ticketOpen", open());
    let with = |key: &str, value: Value| {
        let mut line = good();
        line[key] = value;
        line.to_string()
    };
    let without = |key: &str| {
        let mut line = good();
        line.as_object_mut().unwrap().remove(key);
        line.to_string()
    };
    let says =
        |mutation: &str, input: Value| line("08:00:00", "agent1", mutation, input).to_string();
    let opening = |more: Value| {
        let mut input = open();
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        with("input", input)
    };
    let nothing = "VGlja2V0OjAwMDAwMDAwLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMA";
    vec![
        ("{\"at\": ".to_owned(), "LINE_NOT_JSON", Value::Null),
        ("[1]".to_owned(), "LINE_NOT_JSON", Value::Null),
        (" ".repeat(1 << 20) + &good().to_string(), "LINE_TOO_LONG", Value::Null),
        (with("extra", json!(1)), "LINE_KEY_UNKNOWN", json!(["extra"])),
        (without("at"), "LINE_KEY_MISSING", json!(["at"])),
        (without("input"), "LINE_KEY_MISSING", json!(["input"])),
        (with("actor", json!(7)), "LINE_VALUE_UNFIT", json!(["actor"])),
        (with("input", json!([])), "LINE_VALUE_UNFIT", json!(["input"])),
        (with("at", json!("yesterday")), "LINE_VALUE_UNFIT", json!(["at"])),
        (with("at", json!("9999-01-01T00:00:00Z")), "AT_IN_FUTURE", json!(["at"])),
        (with("at", json!("1869-01-01T00:00:00Z")), "AT_ABSURD", json!(["at"])),
        (with("actor", json!("nobody")), "ACTOR_UNKNOWN", json!(["actor"])),
        (with("mutation", json!("ticketFly")), "MUTATION_UNKNOWN", json!(["mutation"])),
        (says("signOut", json!({})), "MUTATION_NOT_IMPORTED", json!(["mutation"])),
        (says("projectionRebuild", json!({})), "MUTATION_NOT_IMPORTED", json!(["mutation"])),
        (with("ref", json!("two words")), "REF_UNFIT", json!(["ref"])),
        (with("ref", json!("$T")), "REF_UNFIT", json!(["ref"])),
        (opening(json!({"unitId": "$nowhere"})), "REF_UNKNOWN", json!(["input"])),
        (
            named(line("08:00:00", "nobody", "ticketOpen", open()), "bad").to_string(),
            "ACTOR_UNKNOWN",
            json!(["actor"]),
        ),
        (says("ticketStartWork", json!({"ticketId": "$bad"})), "REF_REFUSED", json!(["input"])),
        (named(good(), "bad").to_string(), "REF_REPEATED", json!(["ref"])),
        (
            named(line("08:00:00", "agent1", "ticketOpenMany", json!({"items": [open()]})), "many")
                .to_string(),
            "REF_OF_SEVERAL",
            json!(["ref"]),
        ),
        (opening(json!({"colour": "red"})), "INPUT_UNFIT", json!(["input"])),
        (opening(json!({"priority": "VERY"})), "INPUT_UNFIT", json!(["input"])),
        (says("ticketStartWork", json!({})), "INPUT_UNFIT", json!(["input"])),
        (
            opening(json!({"idempotencyKey": "mine"})),
            "INPUT_HAS_KEY",
            json!(["input", "idempotencyKey"]),
        ),
        (
            says(
                "personRegister",
                json!({"login": "pat", "name": "Pat", "kind": "STAFF", "password": "s"}),
            ),
            "INPUT_HAS_PASSWORD",
            json!(["input", "password"]),
        ),
        (says("ticketStartWork", json!({"ticketId": "$no id"})), "INVALID_ID", json!(["ticketId"])),
        (says("ticketStartWork", json!({"ticketId": nothing})), "TICKET_NOT_FOUND", Value::Null),
        (
            says("ticketOpen", json!({"kind": "INCIDENT", "title": "", "reason": at})),
            "TICKET_TITLE_UNFIT",
            json!(["title"]),
        ),
    ]
}

#[tokio::test]
async fn what_cannot_be_is_refused_line_by_line_and_stops_nothing() {
    let world = World::demo().await;
    let refused = unfit();
    let mut lines: Vec<String> = refused.iter().map(|(line, ..)| line.clone()).collect();
    lines.push(String::new());
    lines.push(
        line("08:00:00", "agent1", "ticketOpen", json!({"kind": "INCIDENT", "title": "T"}))
            .to_string(),
    );
    let file = write(&world, "unfit.ndjson", &lines);
    let mut bytes = std::fs::read(&file).unwrap();
    bytes.extend(b"\n{\"at\": \"\xff\"}");
    std::fs::write(&file, bytes).unwrap();
    let (said, answers) = import(&world, &file, &[]);
    for (answer, (text, code, field)) in answers.iter().zip(&refused) {
        let shown = &text[..text.len().min(300)];
        assert_eq!((&answer["code"], &answer["field"]), (&json!(code), field), "{shown}\n{answer}");
        assert_eq!(answer["outcome"], "REFUSED");
    }
    let all = refused.len();
    assert_eq!(
        (&answers[all]["outcome"], &answers[all]["line"]),
        (&json!("DONE"), &json!(all + 2))
    );
    assert_eq!(answers[all + 1]["code"], "LINE_NOT_JSON");
    let expected = format!("{} lines: 1 done, 0 repeated, {} refused", all + 2, all + 1);
    assert!(said.starts_with(&expected), "{said}");
    let strict = world.run_annals(&["import", "commands", file.to_str().unwrap(), "--strict"]);
    assert_eq!(strict.code, 3);
}

#[tokio::test]
async fn history_is_exempt_from_roles_and_from_no_rule() {
    let world = World::demo().await;
    let ticket = |reference: &str| json!({"ticketId": format!("${reference}")});
    let solved = || json!({"ticketId": "$T", "code": "FIXED", "solution": "Light."});
    let opening =
        |more: &str| json!({"kind": "INCIDENT", "title": "No light", "description": more});
    let lines = [
        (named(line("08:00:00", "client1", "ticketOpen", opening("one")), "T"), ""),
        (line("08:01:00", "agent1", "ticketResolve", solved()), "TICKET_WRONG_STATE"),
        (line("08:02:00", "agent1", "ticketStartWork", ticket("T")), ""),
        (line("08:03:00", "agent2", "ticketStartWork", ticket("T")), "TICKET_HELD"),
        (line("08:04:00", "agent2", "ticketResolve", solved()), "TICKET_NOT_HELD_BY_ACTOR"),
        (line("08:05:00", "auditor", "ticketStopWork", ticket("T")), ""),
        (line("08:06:00", "client1", "ticketStartWork", ticket("T")), "TICKET_ASSIGNEE_UNFIT"),
        (line("08:07:00", "agent2", "ticketStartWork", ticket("T")), ""),
        (line("08:08:00", "agent2", "ticketResolve", solved()), ""),
        (line("08:09:00", "agent1", "ticketClose", ticket("T")), ""),
        (line("08:10:00", "agent1", "ticketReopen", ticket("T")), "TICKET_REOPEN_WINDOW_PASSED"),
        (line("08:11:00", "agent1", "settingsChange", json!({"reopenAfterCloseDays": 1})), ""),
        (line("08:12:00", "agent1", "ticketReopen", ticket("T")), ""),
        (
            named(
                line(
                    "08:13:00",
                    "agent1",
                    "personRegister",
                    json!({"login": "old", "name": "Old", "kind": "STAFF", "role": "AGENT"}),
                ),
                "O",
            ),
            "",
        ),
        (line("08:14:00", "agent1", "personLeave", json!({"personId": "$O"})), ""),
        (line("08:15:00", "old", "ticketOpen", opening("two")), "ACTOR_INACTIVE"),
        (
            line(
                "08:16:00",
                "agent1",
                "ticketOpenMany",
                json!({"items": [opening("a"), opening("b")]}),
            ),
            "",
        ),
        (
            line(
                "08:17:00",
                "agent1",
                "ticketCloseMany",
                json!({"items": [ticket("T"), ticket("T")]}),
            ),
            "TICKET_WRONG_STATE",
        ),
    ];
    let file = write(&world, "roles.ndjson", &text(&lines.clone().map(|(line, _)| line)));
    let (_, first) = import(&world, &file, &[]);
    for (answer, (line, code)) in first.iter().zip(&lines) {
        assert_eq!(answer["code"].as_str().unwrap_or_default(), *code, "{line}\n{answer}");
    }
    assert_eq!(first[16]["ids"].as_array().unwrap().len(), 2, "{}", first[16]);
    assert_eq!(first[17]["field"], json!(["items", "0"]), "{}", first[17]);
    let once = events(&world).await;
    let (_, again) = import(&world, &file, &[]);
    for (answer, before) in again.iter().zip(&first) {
        let expected = if before["outcome"] == "DONE" { "REPEATED" } else { "REFUSED" };
        assert_eq!(
            (&answer["outcome"], &answer["ids"]),
            (&json!(expected), &before["ids"]),
            "{answer}"
        );
    }
    assert_eq!(events(&world).await, once);
}

#[tokio::test]
async fn what_a_line_leads_to_happens_at_its_instant_and_once() {
    let world = World::demo().await;
    let opening = |more: Value| {
        let mut input = json!({"kind": "INCIDENT", "title": "No light"});
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let solved = json!({"ticketId": "$P", "code": "FIXED", "solution": "Light."});
    let lines = [
        named(line("08:00:00", "agent1", "ticketOpen", opening(json!({}))), "P"),
        named(line("08:01:00", "agent1", "ticketOpen", opening(json!({"parentId": "$P"}))), "C"),
        line("08:02:00", "agent1", "ticketStartWork", json!({"ticketId": "$P"})),
        line("08:03:00", "agent1", "ticketResolve", solved),
        line("08:04:00", "agent1", "ticketReopen", json!({"ticketId": "$C"})),
    ];
    let file = write(&world, "family.ndjson", &text(&lines));
    let (said, _) = import(&world, &file, &[]);
    assert!(said.starts_with("5 lines: 5 done"), "{said}");
    let drawn =
        "select count(*) from journal.events where event_type = 'ticket.resolved_with_parent'
        and metadata->>'source' = 'import' and metadata->>'actor' = 'system'
        and (metadata->>'occurred_at')::timestamptz = '2026-01-05 08:03:00Z'";
    assert_eq!(number(&world, drawn).await, 1);
    let once = events(&world).await;
    import(&world, &file, &[]);
    assert_eq!(events(&world).await, once);
}

/// Tickets of three lines each.
fn many(tickets: usize) -> Vec<Value> {
    let each = (0..tickets).flat_map(|ticket| {
        let at = format!("08:{:02}:{:02}", ticket / 60 % 60, ticket % 60);
        let (open, id) = (json!({"kind": "INCIDENT", "title": "No light"}), format!("$T{ticket}"));
        [
            named(line(&at, "agent1", "ticketOpen", open), &id[1..]),
            line(&at, "agent1", "ticketStartWork", json!({"ticketId": id})),
            line(&at, "agent1", "ticketStopWork", json!({"ticketId": id})),
        ]
    });
    each.collect()
}

#[tokio::test]
async fn a_killed_import_goes_on_and_two_at_once_store_each_line_once() {
    let world = World::demo().await;
    let file = write(&world, "many.ndjson", &text(&many(150)));
    let before = events(&world).await;
    let mut child = world
        .annals(&["import", "commands", file.to_str().unwrap()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let began = Instant::now();
    while events(&world).await < before + 60 {
        assert!(began.elapsed() < Duration::from_secs(60), "nothing is imported");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let half = events(&world).await;
    assert!(half < before + 450, "killed too late to show anything");
    let second = world.folder().join("second.ndjson");
    let run = |report: &str| {
        let mut command =
            world.annals(&["import", "commands", file.to_str().unwrap(), "--report", report]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    for mut child in [run("first.ndjson"), run(second.to_str().unwrap())] {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(events(&world).await, before + 450);
    let (said, _) = import(&world, &file, &[]);
    assert!(said.starts_with("450 lines: 0 done, 450 repeated, 0 refused"), "{said}");
    assert_eq!(events(&world).await, before + 450);
}

#[tokio::test]
async fn files_that_cannot_be_read_end_the_import() {
    let world = World::demo().await;
    let run = |arguments: &[&str]| {
        let mut all = vec!["import", "commands"];
        all.extend(arguments);
        world.run_annals(&all)
    };
    assert_eq!(run(&["/nowhere.ndjson"]).code, 2);
    let gz = |name: &str, bytes: &[u8]| {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(bytes).unwrap();
        let packed = packed.finish().unwrap();
        let path = world.folder().join(name);
        std::fs::write(&path, &packed[..packed.len() - 12]).unwrap();
        path
    };
    let cut = gz("cut.ndjson.gz", many(1)[0].to_string().as_bytes());
    let cut = run(&[cut.to_str().unwrap()]);
    assert_eq!(cut.code, 2, "{}", cut.stderr);
    let bomb = gz("bomb.ndjson.gz", &vec![b' '; 160 << 20]);
    let bomb = run(&[bomb.to_str().unwrap()]);
    assert!(bomb.code == 2 && bomb.stderr.contains("unpacks"), "{}", bomb.stderr);
    let file = write(&world, "own.ndjson", &text(&many(1)));
    let own = run(&[file.to_str().unwrap(), "--report", file.to_str().unwrap()]);
    assert!(own.code == 2 && own.stderr.contains("written over"), "{}", own.stderr);
    assert_eq!(std::fs::read_to_string(&file).unwrap().lines().count(), 3);
}
