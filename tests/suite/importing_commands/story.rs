//! What comes in, as it was.

use std::io::Write;

use api::workers::commands::fates;
use chrono::{DateTime, Utc};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use sqlx::Row;
use testbed::{DEMO_PASSWORD, World};

use super::{events, import, line, named, number, outcomes, text, write};
use crate::tidy::golden;

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
