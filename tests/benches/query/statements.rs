//! What the server itself says of its statements, between two instants.

use sqlx::{PgConnection, Row};

use crate::Fault;

/// Statements of a request, and how long the server worked on them.
#[derive(Debug, Default, Clone)]
pub(super) struct Told {
    /// How many a request makes, what runs in the background left out.
    pub(super) each: f64,
    /// Milliseconds of the one that reads the list, or the ticket.
    pub(super) list: f64,
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
    for row in &rows {
        let text: String = row.try_get("query")?;
        if text.contains("tickets t") {
            told.list = row.try_get("mean_exec_time")?;
            told.text = text;
            break;
        }
    }
    Ok(told)
}
