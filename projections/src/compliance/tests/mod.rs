//! Reports of a real log: what is in them, that they are always the same, and that nothing can be
//! changed in them.

mod document;
mod erasures;
mod figures;
mod page;
mod samples;
mod shown;
mod strict;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::compliance_report::{Draw, Question};
use sqlx::{Connection, Row};

use super::{Figure, Positions, Report, report};
use crate::session;
use crate::testing::World;

/// A report of this period of a log that is as long as this.
async fn made(world: &World, (from, to): (DateTime<Utc>, DateTime<Utc>), at: i64) -> Report {
    made_of(world, Question { from, to, at, signed: at, sample: None }).await
}

async fn made_of(world: &World, question: Question) -> Report {
    let mut conn = session::open(&world.options, "read").await.unwrap();
    let made = report(&mut conn, world.journal.upcasters(), &question).await.unwrap();
    conn.close().await.unwrap();
    made
}

/// From before the first event to behind the last one.
fn always() -> (DateTime<Utc>, DateTime<Utc>) {
    (DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH + TimeDelta::days(365 * 200))
}

/// When the event of this position was recorded.
async fn recorded(world: &World, position: i64) -> DateTime<Utc> {
    let row = sqlx::query("select recorded_at from journal.log where global_seq = $1")
        .bind(position)
        .fetch_one(world.pool())
        .await
        .unwrap();
    row.get("recorded_at")
}

/// Of which types the events at these positions are, each once.
async fn types_of(world: &World, positions: &Positions) -> Vec<String> {
    let rows = sqlx::query("select event_type from journal.log where global_seq = any($1)")
        .bind(positions.iter().collect::<Vec<_>>())
        .fetch_all(world.pool())
        .await
        .unwrap();
    let types: BTreeSet<String> = rows.iter().map(|row| row.get("event_type")).collect();
    types.into_iter().collect()
}

/// A figure's value, by the name that it has in its section.
fn value(report: &Report, section: u8, name: &str) -> super::Value {
    figure(report, section, name).value.clone()
}

fn figure<'a>(report: &'a Report, section: u8, name: &str) -> &'a Figure {
    let figures = &report.section(section).unwrap().figures;
    figures.iter().find(|figure| figure.name == name).unwrap()
}

fn number(report: &Report, section: u8, name: &str) -> i64 {
    match value(report, section, name) {
        super::Value::Number(number) => number,
        other => panic!("{name} is {other:?}"),
    }
}

fn draw(seed: &str) -> Draw {
    Draw { seed: seed.to_owned(), size: 25 }
}
