//! Two tables in the order of their key, side by side.

use std::cmp::Ordering;

use futures_util::{Stream, StreamExt, TryStreamExt};
use serde_json::Value;
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row};

use super::same::{Same, same};
use super::{Comparison, Difference};
use crate::error::ProjectionError;
use crate::model::{ReadModel, Table};
use crate::schema::{live, within};

/// Compares them row by row, unless all their rows are told in the same words: most tables are right,
/// and then nothing has to be taken apart.
pub(super) async fn table(
    conn: &mut PgConnection,
    scratch: &mut PgConnection,
    model: &dyn ReadModel,
    table: &Table,
    comparison: &mut Comparison,
) -> Result<(), ProjectionError> {
    if let Some(rows) = same_words(conn, scratch, model, table).await? {
        comparison.rows += rows;
        return Ok(());
    }
    let select = include_str!("sql/rows.sql");
    let live_sql = of(select, &live(model.name()), table);
    let folded_sql = of(select, "pg_temp", table);
    let mut live_rows = sqlx::query(&live_sql).fetch(conn);
    let mut folded_rows = sqlx::query(&folded_sql).fetch(scratch);
    let mut live = next(&mut live_rows).await?;
    let mut folded = next(&mut folded_rows).await?;
    loop {
        let order = match (&live, &folded) {
            (None, None) => return Ok(()),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(live), Some(folded)) => by_key(table, live, folded),
        };
        let one = if order == Ordering::Greater { None } else { live.take() };
        let other = if order == Ordering::Less { None } else { folded.take() };
        judge(table, one, other, comparison);
        if order != Ordering::Greater {
            live = next(&mut live_rows).await?;
        }
        if order != Ordering::Less {
            folded = next(&mut folded_rows).await?;
        }
    }
}

/// How many rows there are, when the server writes both tables in the same words.
async fn same_words(
    conn: &mut PgConnection,
    scratch: &mut PgConnection,
    model: &dyn ReadModel,
    table: &Table,
) -> Result<Option<i64>, sqlx::Error> {
    let copy = include_str!("sql/copy.sql");
    let mut live = conn.copy_out_raw(&of(copy, &live(model.name()), table)).await?.fuse();
    let mut folded = scratch.copy_out_raw(&of(copy, "pg_temp", table)).await?.fuse();
    let (mut rows, mut same) = (0, true);
    // To the end, also when they differ: a copy that is given up leaves its connection of no use.
    loop {
        let (one, other) = tokio::try_join!(live.try_next(), folded.try_next())?;
        same &= one == other;
        match (one, other) {
            (None, None) => return Ok(same.then_some(rows)),
            // A line a row: those within texts are written otherwise.
            (Some(lines), _) => {
                rows += lines.iter().map(|byte| i64::from(*byte == b'\n')).sum::<i64>()
            }
            (None, Some(_)) => {}
        }
    }
}

fn of(sql: &str, schema: &str, table: &Table) -> String {
    within(schema, sql).replace("{table}", table.name).replace("{key}", &table.key.join(", "))
}

async fn next(
    rows: &mut (impl Stream<Item = Result<PgRow, sqlx::Error>> + Unpin),
) -> Result<Option<Value>, sqlx::Error> {
    rows.try_next().await?.map(|row| row.try_get("stored")).transpose()
}

/// As the server orders: numbers by size, UUIDs and texts in the collation "C" by their bytes.
fn by_key(table: &Table, one: &Value, other: &Value) -> Ordering {
    table
        .key
        .iter()
        .map(|column| match (&one[column], &other[column]) {
            (Value::String(one), Value::String(other)) => one.cmp(other),
            (one, other) => one.as_i64().cmp(&other.as_i64()),
        })
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

fn judge(table: &Table, live: Option<Value>, folded: Option<Value>, comparison: &mut Comparison) {
    comparison.rows += 1;
    let verdict = match (&live, &folded) {
        (Some(live), Some(folded)) => same(live, folded),
        _ => Same::No,
    };
    match verdict {
        Same::Yes => {}
        Same::ErasedSince => comparison.erased_since += 1,
        Same::No => comparison.differs(|| Difference {
            table: table.name,
            key: key_of(table, live.as_ref().or(folded.as_ref())),
            live,
            folded,
        }),
    }
}

fn key_of(table: &Table, row: Option<&Value>) -> String {
    let text = |column: &&str| match row.map(|row| &row[*column]) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    table.key.iter().map(text).collect::<Vec<_>>().join("/")
}
