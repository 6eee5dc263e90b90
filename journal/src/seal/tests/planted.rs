use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use domain::kernel::{ClaimChange, ClaimKey, DataSubject, Personal};
use sqlx::Row;

use super::{ANNA, CLEO, of};
use crate::append::{Append, ClaimOf, StreamAppend};
use crate::testing::{World, because, command, id, opened, registered, ticket};

const MARKER: &str = "quokka";

/// One append with the marker wherever a person's data may stand.
fn everywhere() -> Append {
    let reason = because(opened(ANNA, "quokka title", "quokka story"), of(ANNA), "quokka reason");
    let person = StreamAppend {
        aggregate_type: "person",
        aggregate_id: CLEO.0,
        expected: 0,
        events: vec![registered(CLEO, MARKER)],
    };
    let claim = |scope, key: &str| ClaimOf {
        aggregate_type: "person",
        aggregate_id: CLEO.0,
        change: ClaimChange::Hold { scope, key: ClaimKey::Personal(key.to_owned()) },
    };
    Append {
        streams: vec![ticket(1, 0, vec![reason]), person],
        claims: vec![
            claim("person.login", "quokka-login"),
            claim("person.email", "quokka@example.org"),
        ],
        command: Some(command(1, 1)),
        ..Append::default()
    }
}

/// The forms a marker could be found in: as it is, in hex, in base64 at any offset.
fn forms() -> Vec<String> {
    let mut forms = vec![MARKER.to_owned(), STANDARD_NO_PAD.encode(MARKER)];
    forms.push(MARKER.bytes().map(|byte| format!("{byte:02x}")).collect());
    for shift in 1..3 {
        let shifted = URL_SAFE_NO_PAD.encode([&vec![b'x'; shift], MARKER.as_bytes()].concat());
        forms.push(shifted[4..shifted.len() - 1].to_owned());
    }
    forms
}

#[tokio::test]
async fn planted_personal_data_stand_in_no_row_of_any_table() {
    let world = World::new().await;
    world.journal.append(&everywhere()).await.unwrap();
    world.settle().await;
    let mut conn = world.superuser().await;
    let tables = sqlx::query(
        "select table_schema || '.' || table_name as name from information_schema.tables
         where table_schema not in ('pg_catalog', 'information_schema')",
    )
    .fetch_all(&mut conn)
    .await
    .unwrap();
    let mut rows = 0;
    for table in tables.iter().map(|row| row.get::<String, _>("name")) {
        let texts: Vec<String> = sqlx::query_scalar(&format!("select t::text from {table} t"))
            .fetch_all(&mut conn)
            .await
            .unwrap();
        rows += texts.len();
        for text in texts {
            let text = text.to_lowercase();
            for form in forms() {
                assert!(!text.contains(&form.to_lowercase()), "{form} in {table}: {text}");
            }
        }
    }
    assert!(rows > 10, "there are rows to look at");
}

#[tokio::test]
async fn what_was_sealed_opens_again_in_every_process() {
    let world = World::new().await;
    let append = everywhere();
    world.journal.append(&append).await.unwrap();
    for journal in [world.journal.clone(), world.another().await] {
        for (stream, kind) in [(id(1), "ticket"), (CLEO.0, "person")] {
            let read = journal.stream(kind, stream, 0).await.unwrap();
            let given = append.streams.iter().find(|s| s.aggregate_id == stream).unwrap();
            assert_eq!(read[0].payload, given.events[0].payload);
            assert_eq!(read[0].meta, given.events[0].meta);
        }
    }
}

#[tokio::test]
async fn every_subject_has_one_key_and_texts_of_nobody_have_the_deployments() {
    let world = World::new().await;
    world.journal.append(&everywhere()).await.unwrap();
    let nobody = because(opened(ANNA, "a", "b"), DataSubject::Deployment, "c");
    let another = world.another().await;
    crate::testing::append(&another, ticket(2, 0, vec![nobody])).await.unwrap();
    let mut conn = world.superuser().await;
    let subjects: Vec<String> =
        sqlx::query_scalar("select subject from vault.subject_keys order by subject")
            .fetch_all(&mut conn)
            .await
            .unwrap();
    let expected =
        ["claims".to_owned(), "deployment".to_owned(), of(ANNA).to_string(), of(CLEO).to_string()];
    assert_eq!(subjects, expected);
    let read = another.stream("ticket", id(2), 0).await.unwrap();
    let reason = Personal::of(DataSubject::Deployment, "c".to_owned());
    assert_eq!(read[0].meta.reason, Some(reason));
}
