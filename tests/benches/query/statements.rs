//! What the server itself says of its statements, between two instants.

use sqlx::{PgConnection, Row};

use crate::Fault;

/// Statements of a request, and how long the server worked on them.
#[derive(Debug, Default, Clone)]
pub(super) struct Told {
    /// How many a request makes, what runs in the background left out.
    pub(super) each: f64,
    /// Milliseconds of the slowest of them.
    pub(super) slowest: f64,
    /// Its text.
    pub(super) text: String,
}

/// Forgets what was.
pub(super) async fn forget(conn: &mut PgConnection) -> Result<(), Fault> {
    sqlx::query("select pg_stat_statements_reset()").execute(conn).await?;
    Ok(())
}

/// What was since, of so many requests.
pub(super) async fn told(conn: &mut PgConnection, requests: f64) -> Result<Told, Fault> {
    let rows = sqlx::query(
        "select calls, mean_exec_time, query from pg_stat_statements \
         where dbid = (select oid from pg_database where datname = current_database()) \
             and calls >= $1 and query not like '%pg_stat_statements%' \
         order by mean_exec_time desc",
    )
    .bind((requests / 3.0).max(2.0) as i64)
    .fetch_all(conn)
    .await?;
    let mut told = Told::default();
    for row in &rows {
        told.each += row.try_get::<i64, _>("calls")? as f64 / requests;
    }
    if let Some(row) = rows.first() {
        told.slowest = row.try_get("mean_exec_time")?;
        told.text = row.try_get("query")?;
    }
    Ok(told)
}
