//! What rebuilds replaced: kept for a day, to go back to.

use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection, Row};
use tokio::sync::watch;
use tokio::time::sleep;

use super::swap::rename;
use crate::error::ProjectionError;
use crate::model::ReadModel;
use crate::schema::{self, Lock, live, old, within};
use crate::session;

/// How often is looked for what was kept long enough.
const EVERY: Duration = Duration::from_secs(600);
/// How many seconds something is kept.
const KEPT: f64 = 24.0 * 3_600.0;

/// Puts what the last rebuild replaced back in its place; what was live is kept instead, so that the
/// same again leads forward. The runner goes on from where those tables are. The number of the log
/// they are at.
///
/// # Errors
/// Nothing was kept, or it is of another version than the program's; a rebuild is under way.
pub async fn rollback(
    options: &PgConnectOptions,
    model: &dyn ReadModel,
) -> Result<i64, ProjectionError> {
    let mut conn = session::open(options, "read").await?;
    if !schema::try_lock(&mut conn, Lock::Rebuild, model.name()).await? {
        return Err(ProjectionError::Busy(model.name()));
    }
    match kept_version(&mut conn, model).await? {
        None => return Err(ProjectionError::NothingKept(model.name())),
        Some(version) if version != model.version() => {
            return Err(ProjectionError::KeptOtherVersion(model.name(), version));
        }
        Some(_) => {}
    }
    back(&mut conn, model).await?;
    let through = least(&mut conn, model).await?;
    conn.close().await?;
    Ok(through)
}

/// The same for a program that finds another one's tables live and its own kept; whether it did.
pub(crate) async fn take_back(
    options: &PgConnectOptions,
    model: &dyn ReadModel,
) -> Result<bool, ProjectionError> {
    match rollback(options, model).await {
        Ok(_) => Ok(true),
        Err(ProjectionError::NothingKept(_) | ProjectionError::KeptOtherVersion(..)) => Ok(false),
        Err(error) => Err(error),
    }
}

async fn kept_version(
    conn: &mut PgConnection,
    model: &dyn ReadModel,
) -> Result<Option<i32>, ProjectionError> {
    if !schema::exists(conn, &old(model.name())).await?
        || !schema::exists(conn, &live(model.name())).await?
    {
        return Ok(None);
    }
    let row =
        sqlx::query(include_str!("sql/kept.sql")).bind(model.name()).fetch_optional(conn).await?;
    Ok(row.map(|row| row.try_get("old_version")).transpose()?.flatten())
}

async fn back(conn: &mut PgConnection, model: &dyn ReadModel) -> Result<(), ProjectionError> {
    let mut transaction = conn.begin().await?;
    let hold = within(&live(model.name()), include_str!("sql/hold.sql"));
    schema::run(&mut transaction, &hold).await?;
    rename(&mut transaction, include_str!("sql/exchange.sql"), model).await?;
    for sql in [include_str!("sql/enter_back.sql"), include_str!("sql/rolled_back.sql")] {
        sqlx::query(sql).bind(model.name()).execute(&mut *transaction).await?;
    }
    transaction.commit().await?;
    Ok(())
}

async fn least(conn: &mut PgConnection, model: &dyn ReadModel) -> Result<i64, ProjectionError> {
    let sql = within(&live(model.name()), include_str!("sql/standing.sql"));
    Ok(sqlx::query(&sql).bind(model.name()).fetch_one(conn).await?.try_get("least")?)
}

/// Drops what was kept long enough, until `stop` turns true.
pub(crate) async fn keep(
    options: PgConnectOptions,
    models: Vec<Arc<dyn ReadModel>>,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        if let Err(error) = sweep(&options, &models, KEPT).await {
            tracing::warn!(%error, "replaced tables could not be dropped");
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = sleep(EVERY) => {}
        }
    }
}

/// Drops what was kept for longer than this many seconds.
pub(super) async fn sweep(
    options: &PgConnectOptions,
    models: &[Arc<dyn ReadModel>],
    seconds: f64,
) -> Result<(), ProjectionError> {
    let mut conn = session::open(options, "read").await?;
    for model in models {
        let name = model.name();
        let row = sqlx::query(include_str!("sql/outdated.sql"))
            .bind(name)
            .bind(seconds)
            .fetch_optional(&mut conn)
            .await?;
        // Whoever rebuilds it drops them anyway.
        if row.is_none() || !schema::try_lock(&mut conn, Lock::Rebuild, name).await? {
            continue;
        }
        schema::drop(&mut conn, &old(name)).await?;
        sqlx::query(include_str!("sql/forget.sql")).bind(name).execute(&mut conn).await?;
        schema::unlock(&mut conn, Lock::Rebuild, name).await?;
        tracing::info!(projection = name, "what its last rebuild replaced is dropped");
    }
    conn.close().await?;
    Ok(())
}
