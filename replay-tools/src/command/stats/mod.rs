//! `replay stats`: how much there is, counted in the journal itself: no view is asked.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::json;
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row};

use crate::cli::{By, Stats};
use crate::failure::Failure;
use crate::names::Names;
use crate::open::Opened;
use crate::output::{Output, cell};

/// Longest name shown, in characters.
const NAME: usize = 48;

/// Answers.
pub(super) async fn run(opened: &Opened, output: &mut Output, ask: &Stats) -> Result<(), Failure> {
    let mut conn = opened.snapshot().await?;
    let kinds = match ask.by {
        Some(by) => vec![by],
        None => vec![By::Type, By::Actor, By::Day, By::Stream],
    };
    total(&mut conn, output, ask).await?;
    let mut names = Names::default();
    for by in kinds {
        let (word, sql) = counted(by);
        let found = sqlx::query(sql).bind(ask.from).bind(ask.to).fetch_all(&mut conn).await?;
        output.say(&head(word, by))?;
        for row in &found {
            let name: String = row.try_get("name")?;
            let called = match name.split_once(':').and_then(|(_, id)| id.parse().ok()) {
                Some(id) => names.of(&opened.journal, &mut conn, id).await?,
                None => None,
            };
            tell(output, (word, by), (&name, called), row)?;
        }
    }
    Ok(())
}

fn counted(by: By) -> (&'static str, &'static str) {
    match by {
        By::Type => ("type", include_str!("sql/by_type.sql")),
        By::Actor => ("actor", include_str!("sql/by_actor.sql")),
        By::Day => ("day", include_str!("sql/by_day.sql")),
        By::Stream => ("stream", include_str!("sql/by_stream.sql")),
    }
}

async fn total(conn: &mut PgConnection, output: &mut Output, ask: &Stats) -> Result<(), Failure> {
    let sql = include_str!("sql/total.sql");
    let row = sqlx::query(sql).bind(ask.from).bind(ask.to).fetch_one(conn).await?;
    let (events, told): (i64, i64) = (row.try_get("events")?, row.try_get("told")?);
    if events != told {
        let gone = events - told;
        return Err(Failure::Tampered(format!("{gone} events of the log are gone; verify it")));
    }
    let bytes: i64 = row.try_get::<Option<i64>, _>("bytes")?.unwrap_or_default();
    let stored: i64 = row.try_get("stored")?;
    let [first, last] = ["first", "last"].map(|at| row.try_get::<Option<DateTime<Utc>>, _>(at));
    let instant = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    let (first, last) = (first?.map(instant), last?.map(instant));
    output.record(&json!({"total": {
        "events": events, "bytes": bytes, "stored_bytes": stored, "first": first, "last": last,
    }}))?;
    output.say(&format!("{:<10} {events}", "events"))?;
    output.say(&format!("{:<10} {bytes} of text, {stored} on disk for all events", "bytes"))?;
    if let (Some(first), Some(last)) = (first, last) {
        output.say(&format!("{:<10} {first} to {last}", "recorded"))?;
    }
    Ok(())
}

fn head(word: &str, by: By) -> String {
    let (word, streams) = (word.to_uppercase(), by == By::Stream);
    let more = if streams { format!(" {:>9} {:>9}", "STREAMS", "LONGEST") } else { String::new() };
    format!("\n{word:<NAME$} {:>10} {:>12}{more}", "EVENTS", "BYTES")
}

fn tell(
    output: &mut Output,
    (word, by): (&str, By),
    (name, called): (&str, Option<String>),
    row: &PgRow,
) -> Result<(), Failure> {
    let (events, bytes): (i64, i64) = (row.try_get("events")?, row.try_get("bytes")?);
    let mut record = json!({"by": word, "name": name, "events": events, "bytes": bytes});
    let shown = cell(called.as_deref().unwrap_or(name), NAME);
    let mut line = format!("{shown:<NAME$} {events:>10} {bytes:>12}");
    if by == By::Actor {
        record["called"] = json!(called);
    }
    if by == By::Stream {
        let (streams, longest): (i64, i64) = (row.try_get("streams")?, row.try_get("longest")?);
        record["streams"] = json!(streams);
        record["longest"] = json!(longest);
        line += &format!(" {streams:>9} {longest:>9}");
    }
    output.record(&record)?;
    output.say(&line)
}
