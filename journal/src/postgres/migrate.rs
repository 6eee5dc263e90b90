//! Brings a database up to this version: journal, identity, the read side's bookkeeping.

use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};

/// Why migrating failed.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The database failed.
    #[error("migrating: {}", crate::error::describe(.0))]
    Database(#[from] sqlx::Error),
    /// A file was changed after it was applied, or the login lacks a right.
    #[error("migrating: {0}")]
    Migrate(String),
}

/// Applies what is missing; needs a login that may create roles the first time.
pub async fn migrate(options: &PgConnectOptions) -> Result<(), MigrateError> {
    let mut conn = PgConnection::connect_with(options).await?;
    for mut migrator in migrators() {
        // The three sets share one table of applied versions.
        migrator.set_ignore_missing(true);
        migrator.run(&mut conn).await.map_err(|error| match error {
            sqlx::migrate::MigrateError::Execute(error)
            | sqlx::migrate::MigrateError::ExecuteMigration(error, _) => {
                MigrateError::Migrate(crate::error::describe(&error))
            }
            other => MigrateError::Migrate(other.to_string()),
        })?;
    }
    conn.close().await?;
    Ok(())
}

/// The three sets, in the order they are applied.
pub(crate) fn migrators() -> [Migrator; 3] {
    [
        sqlx::migrate!("../migrations/journal"),
        sqlx::migrate!("../migrations/identity"),
        sqlx::migrate!("../migrations/read"),
    ]
}
