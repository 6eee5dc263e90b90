//! What a server of somebody else's allows, and should not.
//!
//! Warnings, never a refusal to start: a prepared transaction holds up the order of new events, for
//! as long as it is there and whatever database of the server it is in, but it loses nothing.
//! Commands are accepted meanwhile. Not to start would make an outage of a delay, and for the sake of
//! a transaction that another application may be about to end.

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, Row};

use super::connect::{self, ActingAs};

/// A sentence for each thing that can hold up settling.
pub(super) async fn warnings(options: &PgConnectOptions) -> Result<Vec<String>, sqlx::Error> {
    let mut conn = connect::connection(options, ActingAs::App).await?;
    let rows = sqlx::query(include_str!("sql/prepared.sql")).fetch_all(&mut conn).await?;
    conn.close().await?;
    let mut sentences = Vec::new();
    for row in rows {
        let allowed: i32 = row.try_get("allowed")?;
        if sentences.is_empty() && allowed > 0 {
            sentences.push(format!(
                "max_prepared_transactions is {allowed} on this server: a prepared transaction that \
                 is forgotten holds up the order of new events; set it to 0 unless you need them"
            ));
        }
        let Some(gid) = row.try_get::<Option<String>, _>("gid")? else { continue };
        let (database, seconds): (String, i64) =
            (row.try_get("database")?, row.try_get("seconds")?);
        sentences.push(format!(
            "the prepared transaction {gid} in database {database} is {seconds} seconds old and \
             holds up the order of new events until somebody commits it or rolls it back"
        ));
    }
    Ok(sentences)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Server, run};
    use sqlx::ConnectOptions;

    #[tokio::test]
    async fn prepared_transactions_are_warned_of_and_named() {
        let server = Server::start().await;
        let options = server.migrated("annals").await;
        let allowed = warnings(&options).await.unwrap();
        assert_eq!(allowed.len(), 1, "{allowed:?}");
        assert!(allowed[0].starts_with("max_prepared_transactions is 10"), "{allowed:?}");
        let mut conn = options.connect().await.unwrap();
        run(&mut conn, "begin; create table t (); prepare transaction 'payroll'").await.unwrap();
        let pending = warnings(&options).await.unwrap();
        assert_eq!(pending.len(), 2, "{pending:?}");
        assert!(pending[1].starts_with("the prepared transaction payroll in database annals is "));
        run(&mut conn, "rollback prepared 'payroll'").await.unwrap();
        assert_eq!(warnings(&options).await.unwrap(), allowed);
        drop(conn);
        server.end().await;
    }
}
