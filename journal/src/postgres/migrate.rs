//! Brings a database up to this version: journal, identity, the read side's bookkeeping.

use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection, Row};

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
    if is_current(&mut conn).await {
        return Ok(conn.close().await?);
    }
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
    // A right on the database itself does not come along when one is copied or restored.
    sqlx::raw_sql(include_str!("sql/grant_create.sql")).execute(&mut conn).await?;
    conn.close().await?;
    Ok(())
}

/// Whether nothing is missing: then a login without the right to migrate will do. A database that
/// cannot say so is not current.
async fn is_current(conn: &mut PgConnection) -> bool {
    let Ok(row) = sqlx::query(include_str!("sql/applied.sql")).fetch_one(conn).await else {
        return false;
    };
    let (Ok(versions), Ok(granted)) =
        (row.try_get::<Vec<i64>, _>("versions"), row.try_get::<bool, _>("granted"))
    else {
        return false;
    };
    let all = migrators();
    let mut wanted = all.iter().flat_map(|migrator| migrator.iter()).map(|one| one.version);
    granted && wanted.all(|version| versions.contains(&version))
}

/// The three sets, in the order they are applied.
pub(crate) fn migrators() -> [Migrator; 3] {
    [
        sqlx::migrate!("../migrations/journal"),
        sqlx::migrate!("../migrations/identity"),
        sqlx::migrate!("../migrations/read"),
    ]
}
