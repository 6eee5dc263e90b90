//! What a destroyed key leaves of itself in the file of its table: PostgreSQL keeps what a row was until
//! it needs the room. Its own log keeps it longer, and so do backups of the whole server: those are to be
//! forgotten soon (see the decisions).

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};

use crate::error::JournalError;

/// Writes the key table anew, without what is gone. Appends that need a key wait meanwhile, which is as
/// long as a row for each person takes. `owner` logs in as whoever owns everything.
///
/// # Errors
/// Somebody uses the table for longer than five seconds; the database. Nothing was done then.
pub async fn rewrite_keys(owner: &PgConnectOptions) -> Result<(), JournalError> {
    let owner = owner.clone().options([("role", "annals_owner"), ("lock_timeout", "5s")]);
    let mut conn = PgConnection::connect_with(&owner).await?;
    sqlx::query(include_str!("sql/rewrite_keys.sql")).execute(&mut conn).await?;
    Ok(conn.close().await?)
}
