//! Random edits of single bytes, anywhere in what a leaf covers or the log repeats.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sqlx::PgConnection;

use super::seven;
use crate::testing::{UNLOCK, cases, run};
use crate::verify::check;

/// Columns of both tables, with their type to cast a text back to.
const COLUMNS: [(&str, &str, &str); 12] = [
    ("events", "payload", "json"),
    ("events", "metadata", "json"),
    ("events", "event_type", "text"),
    ("events", "event_version", "text"),
    ("events", "aggregate_type", "text"),
    ("events", "aggregate_id", "text"),
    ("events", "salt", "bytea"),
    ("events", "recorded_at", "timestamptz"),
    ("log", "leaf", "bytea"),
    ("log", "event_type", "text"),
    ("log", "aggregate_id", "text"),
    ("log", "recorded_at", "timestamptz"),
];

/// The statement that replaces one byte of one value of the event of this number.
async fn edit(conn: &mut PgConnection, random: &mut StdRng, number: i64) -> String {
    let (table, column, kind) = COLUMNS[random.random_range(0..COLUMNS.len())];
    let this = "l.global_seq = $1 and l.aggregate_type = e.aggregate_type
                and l.aggregate_id = e.aggregate_id and l.sequence = e.sequence";
    let alias = if table == "events" { "e" } else { "l" };
    let query =
        format!("select {alias}.{column}::text from journal.events e, journal.log l where {this}");
    let text: String = sqlx::query_scalar(&query).bind(number).fetch_one(conn).await.unwrap();
    let mut bytes = text.into_bytes();
    let at = random.random_range(0..bytes.len());
    bytes[at] = random.random_range(b' '..=b'~');
    let value = String::from_utf8(bytes).unwrap().replace('\'', "''");
    let other = if table == "events" { "log l" } else { "events e" };
    let this = this.replace("$1", &number.to_string());
    format!(
        "update journal.{table} {alias} set {column} = '{value}'::{kind}
         from journal.{other} where {this} and {alias}.{column}::text <> '{value}'::{kind}::text"
    )
}

#[tokio::test]
async fn t1_a_byte_changed_anywhere_is_found_at_its_number() {
    let world = seven().await;
    let mut conn = world.superuser().await;
    let mut random = StdRng::seed_from_u64(0x616e_6e61_6c73);
    let (mut tried, mut found) = (0, 0);
    while found < cases(200) {
        let number = random.random_range(1..=7);
        let edit = edit(&mut conn, &mut random, number).await;
        run(&mut conn, &format!("begin; {UNLOCK}")).await.unwrap();
        // Many edits are no JSON, no time or no change: the database or the edit itself says so.
        let done = sqlx::query(&edit).execute(&mut conn).await;
        if done.is_ok_and(|done| done.rows_affected() == 1) {
            let report = check(&mut conn, |_, _| {}).await.unwrap();
            assert_eq!(report.tampering.and_then(|found| found.number()), Some(number), "{edit}");
            found += 1;
        }
        run(&mut conn, "rollback").await.unwrap();
        tried += 1;
        assert!(tried < 50 * cases(200), "edits are tried in vain");
    }
}

#[tokio::test]
async fn t1_a_time_that_is_none_is_found_at_its_number() {
    let world = seven().await;
    let mut conn = world.superuser().await;
    for (table, time) in ["events", "log"].iter().flat_map(|table| {
        ["infinity", "-infinity", "294000-01-01", "4713-01-01 BC"].map(|time| (table, time))
    }) {
        run(&mut conn, &format!("begin; {UNLOCK}")).await.unwrap();
        let edit = format!(
            "update journal.{table} t set recorded_at = '{time}' from journal.log l
             where l.global_seq = 5 and (t.aggregate_type, t.aggregate_id, t.sequence)
                 = (l.aggregate_type, l.aggregate_id, l.sequence)"
        );
        run(&mut conn, &edit).await.unwrap();
        let report = check(&mut conn, |_, _| {}).await.unwrap();
        assert_eq!(report.tampering.and_then(|found| found.number()), Some(5), "{table} {time}");
        run(&mut conn, "rollback").await.unwrap();
    }
}
