//! What a destroyed key leaves of itself in the file of its table: PostgreSQL keeps what a row was until
//! it needs the room. Its own log keeps it longer, and so do backups of the whole server: those are to be
//! forgotten soon (see the decisions).

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection, Row};

use super::Fence;
use crate::error::JournalError;

/// What PostgreSQL says when a lock was waited for too long.
const LOCK_NOT_AVAILABLE: &str = "55P03";

/// Writes the key table anew, without what is gone; `destroyed` is an instant after it went. Appends that
/// need a key wait meanwhile, which is as long as a row for each person takes. `owner` logs in as whoever
/// owns everything.
///
/// False: nothing was done. Somebody who began to read before sees the key still, and PostgreSQL would take
/// it into the new file for them; or the table is in use for longer than five seconds.
///
/// # Errors
/// The database. Nothing was done then.
pub async fn rewrite_keys(
    owner: &PgConnectOptions,
    destroyed: &Fence,
) -> Result<bool, JournalError> {
    let owner = owner.clone().options([("role", "annals_owner"), ("lock_timeout", "5s")]);
    let mut conn = PgConnection::connect_with(&owner).await?;
    let rewritten = rewrite(&mut conn, destroyed).await;
    conn.close().await?;
    rewritten
}

async fn rewrite(conn: &mut PgConnection, destroyed: &Fence) -> Result<bool, JournalError> {
    let seen = sqlx::query(include_str!("sql/seen.sql")).bind(destroyed.as_str());
    if seen.fetch_one(&mut *conn).await?.try_get::<i64, _>("seen")? > 0 {
        return Ok(false);
    }
    match sqlx::query(include_str!("sql/rewrite_keys.sql")).execute(conn).await {
        Ok(_) => Ok(true),
        Err(sqlx::Error::Database(error))
            if error.code().as_deref() == Some(LOCK_NOT_AVAILABLE) =>
        {
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}
