//! What rebuilds replaced: kept for a day, to go back to.

use std::sync::Arc;
use std::time::Duration;

use journal::Journal;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection, Row};
use tokio::sync::watch;
use tokio::time::sleep;

use super::follow::{BATCH, Follower, Takes};
use super::goal::goal;
use super::marks::Marks;
use super::swap::rename;
use super::{Site, free};
use crate::dead_letters;
use crate::error::ProjectionError;
use crate::leads;
use crate::model::ReadModel;
use crate::schema::{self, Lock, live, old, within};
use crate::session;

/// How often is looked for what was kept long enough.
const EVERY: Duration = Duration::from_secs(600);
/// How many seconds something is kept.
const KEPT: f64 = 24.0 * 3_600.0;

/// Puts what the last rebuild replaced back in its place, once it has caught up; what was live is kept
/// instead, so that the same again leads forward. The number of the log those tables are at.
///
/// # Errors
/// Nothing was kept, or it is of another version than the program's; a rebuild is under way.
pub async fn rollback(
    journal: &Journal,
    options: &PgConnectOptions,
    model: &Arc<dyn ReadModel>,
) -> Result<i64, ProjectionError> {
    let name = model.name();
    let mut conn = session::open(options, "read").await?;
    if !schema::try_lock(&mut conn, Lock::Rebuild, name).await? {
        return Err(ProjectionError::Busy(name));
    }
    let through = alone(&mut conn, journal, options, model).await;
    free(conn, name).await;
    through
}

/// With the lock held.
async fn alone(
    conn: &mut PgConnection,
    journal: &Journal,
    options: &PgConnectOptions,
    model: &Arc<dyn ReadModel>,
) -> Result<i64, ProjectionError> {
    let name = model.name();
    match kept_version(conn, model.as_ref()).await? {
        None => return Err(ProjectionError::NothingKept(name)),
        Some(version) if version != model.version() => {
            return Err(ProjectionError::KeptOtherVersion(name, version));
        }
        Some(_) => {}
    }
    let site = Site {
        journal: journal.clone(),
        options: options.clone(),
        model: Arc::clone(model),
        left_out: Arc::new(dead_letters::left_out(conn, name).await?),
        tally: Arc::default(),
    };
    let mut kept = Kept::open(&site).await?;
    let caught_up = kept.catch_up(&site).await;
    let mut transaction = conn.begin().await?;
    schema::run(&mut transaction, &within(&live(name), include_str!("sql/hold.sql"))).await?;
    match caught_up {
        Ok(()) => kept.finish(&site, &mut transaction).await?,
        // What others stay behind never goes back.
        Err(error) if error.is_transient() || leads(name) => return Err(error),
        // It is the runner's to halt at that event, or to park it.
        Err(error) => tracing::warn!(projection = name, %error, "what was kept stays behind"),
    }
    rename(&mut transaction, include_str!("sql/exchange.sql"), model.as_ref()).await?;
    for sql in [include_str!("sql/enter_back.sql"), include_str!("sql/rolled_back.sql")] {
        sqlx::query(sql).bind(name).execute(&mut *transaction).await?;
    }
    transaction.commit().await?;
    Ok(Marks::of(conn, &live(name)).await?.least())
}

/// The same for a program that finds another one's tables live and its own kept; whether it did.
pub(crate) async fn take_back(
    journal: &Journal,
    options: &PgConnectOptions,
    model: &Arc<dyn ReadModel>,
) -> Result<bool, ProjectionError> {
    match rollback(journal, options, model).await {
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

/// The tables of before, each slot as far as it was.
#[derive(Debug)]
struct Kept {
    slots: Vec<Follower>,
}

impl Kept {
    async fn open(site: &Site) -> Result<Self, ProjectionError> {
        let schema = old(site.model.name());
        let mut conn = session::open(&site.options, &schema).await?;
        let marks = Marks::of(&mut conn, &schema).await?;
        schema::run(&mut conn, &within(&schema, include_str!("sql/own.sql"))).await?;
        let of = u8::try_from(marks.as_slice().len()).unwrap_or(u8::MAX);
        let mut slots = Vec::new();
        for (slot, through) in (0..of).zip(marks.as_slice()) {
            slots.push(Follower {
                reader: session::open(&site.options, "read").await?,
                writer: session::open(&site.options, &schema).await?,
                epoch: -2 - i64::from(slot),
                through: *through,
                takes: Takes::OfSlot(slot, of),
            });
        }
        Ok(Self { slots })
    }

    /// Until little is left.
    async fn catch_up(&mut self, site: &Site) -> Result<(), ProjectionError> {
        for slot in &mut self.slots {
            loop {
                let head = goal(&mut slot.reader, site.model.as_ref()).await?;
                let before = slot.through;
                slot.to(site, head).await?;
                if slot.through - before <= BATCH {
                    break;
                }
            }
        }
        Ok(())
    }

    /// What is left, while nobody writes the live tables.
    async fn finish(
        &mut self,
        site: &Site,
        conn: &mut PgConnection,
    ) -> Result<(), ProjectionError> {
        let head = goal(conn, site.model.as_ref()).await?;
        for slot in &mut self.slots {
            slot.to(site, head).await?;
        }
        Ok(())
    }
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
        drop_kept(&mut conn, name).await?;
        schema::unlock(&mut conn, Lock::Rebuild, name).await?;
        tracing::info!(projection = name, "what its last rebuild replaced is dropped");
    }
    conn.close().await?;
    Ok(())
}

/// Drops what a model's last rebuild replaced, however long it was to be kept. Whoever calls has the lock.
async fn drop_kept(conn: &mut PgConnection, name: &'static str) -> Result<(), ProjectionError> {
    schema::drop(conn, &old(name)).await?;
    sqlx::query(include_str!("sql/forget.sql")).bind(name).execute(conn).await?;
    Ok(())
}

/// Leaves nothing of a model but its live tables: what was replaced goes, and what an interrupted rebuild
/// had filled.
///
/// # Errors
/// A rebuild is under way.
pub(crate) async fn clear(
    options: &PgConnectOptions,
    name: &'static str,
) -> Result<(), ProjectionError> {
    let mut conn = session::open(options, "read").await?;
    if !schema::try_lock(&mut conn, Lock::Rebuild, name).await? {
        return Err(ProjectionError::Busy(name));
    }
    let cleared = async {
        drop_kept(&mut conn, name).await?;
        // One that was interrupted finds it gone, and begins anew.
        schema::drop(&mut conn, &schema::next(name)).await?;
        Ok(())
    }
    .await;
    free(conn, name).await;
    cleared
}
