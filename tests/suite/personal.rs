//! Personal data: nowhere in the journal in the clear, and gone with their key.

use serde_json::json;
use sqlx::Row;
use testbed::{DEMO_PASSWORD, World};

const MARKERS: [&str; 5] =
    ["Zebulon-Title", "Quokka-Story", "Xylophone-Reason", "Ada Agent", "agent1@demo.example"];

#[tokio::test]
async fn markers_are_not_in_the_journal_and_a_destroyed_key_erases_for_ever() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let ada = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    let opened = ada
        .data(
            "mutation($i: TicketOpenInput!) { ticketOpen(input: $i) {
                ticket { id number } userErrors { code } } }",
            json!({"i": {"kind": "INCIDENT", "title": "Zebulon-Title",
                         "description": "Quokka-Story", "reason": "Xylophone-Reason"}}),
        )
        .await;
    let number = opened["ticketOpen"]["ticket"]["number"].as_str().unwrap().to_owned();
    let mut database = world.superuser().await;
    let tables = sqlx::query(
        "select format('%I.%I', schemaname, tablename) as name from pg_tables
         where schemaname = 'journal'",
    )
    .fetch_all(&mut database)
    .await
    .unwrap();
    for table in tables {
        let table: String = table.get("name");
        let rows = sqlx::query(&format!("select t::text as row from {table} t"))
            .fetch_all(&mut database)
            .await
            .unwrap();
        for row in rows {
            let row: String = row.get("row");
            for marker in MARKERS {
                assert!(!row.contains(marker), "{marker} stands in {table}");
            }
        }
    }

    sqlx::query("update vault.subject_keys set wrapped = null, destroyed_at = now() where subject like 'person:%'")
        .execute(&mut database)
        .await
        .unwrap();
    drop(world.take_server());
    let verified = world.run_replay(&["verify"]);
    assert_eq!(verified.code, 0, "{}\n{}", verified.stdout, verified.stderr);
    let told = world.run_replay(&["timeline", &number, "--json"]);
    assert_eq!(told.code, 0, "{}", told.stderr);
    assert!(told.stdout.contains("erased"), "{}", told.stdout);
    assert!(MARKERS.iter().all(|marker| !told.stdout.contains(marker)), "{}", told.stdout);
    let rebuilt = world.run_replay(&["rebuild", "all"]);
    assert_eq!(rebuilt.code, 0, "{}", rebuilt.stderr);
    let verified = world.run_replay(&["verify"]);
    assert_eq!(verified.code, 0, "{}\n{}", verified.stdout, verified.stderr);
}

#[tokio::test]
async fn the_events_table_refuses_unsealed_personal_data_whoever_writes() {
    let world = World::demo().await;
    let mut database = world.superuser().await;
    let written = sqlx::query(
        "insert into journal.events
             (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata)
         values ('ticket', 'x', 1, 'ticket.opened', '1',
                 '{\"opened\":{\"title\":{\"$personal\":{\"subject\":\"deployment\",\"value\":\"a\"}}}}', '{}')",
    )
    .execute(&mut database)
    .await;
    assert!(written.is_err());
}
