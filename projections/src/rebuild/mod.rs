//! Rebuild: a model's tables filled anew from the log, beside the live ones, and swapped in.
//!
//! Live traffic goes on meanwhile. A rebuild that was cancelled or killed leaves the live tables as
//! they were; the next one starts over. Called by the replay tools, and by the runner when the
//! program has another version of a model than the database.

mod inline;
mod logged;
#[cfg(test)]
mod tests;

use journal::Journal;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};

use crate::digest::{Digest, digest_of};
use crate::error::ProjectionError;
use crate::model::ReadModel;
use crate::schema::{self, Lock, live, next, old, within};
use crate::session;

/// Events a statement.
const BATCH: i64 = 500;
/// What stands for the digest of tables that cannot be compared.
const NONE: &str = "none";

/// What a rebuild did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RebuildReport {
    /// The model.
    pub name: &'static str,
    /// Events it was made from.
    pub events: i64,
    /// Rows it has now.
    pub rows: i64,
    /// Of the tables it had; `none` when there were none, or of another version.
    pub digest_before: String,
    /// Of the tables it has now, made from the same events.
    pub digest_after: String,
}

/// Rebuilds a model; `progress` hears how many events are done, of how many. `options` log in.
///
/// # Errors
/// Another rebuild of the model, an event this version cannot read, the database.
pub async fn rebuild(
    journal: &Journal,
    options: &PgConnectOptions,
    model: &dyn ReadModel,
    mut progress: impl FnMut(i64, i64) + Send,
) -> Result<RebuildReport, ProjectionError> {
    let mut control = session::open(options, "read").await?;
    if !schema::try_lock(&mut control, Lock::Rebuild, model.name()).await? {
        return Err(ProjectionError::Busy(model.name()));
    }
    // What a killed rebuild left behind.
    schema::drop(&mut control, &next(model.name())).await?;
    schema::drop(&mut control, &old(model.name())).await?;
    schema::create(&mut control, &next(model.name()), model).await?;
    let mut filler = session::open(options, &next(model.name())).await?;
    let live = Live::find(&mut control, model).await?;
    let report = if model.is_inline() {
        inline::rebuild(journal, [&mut control, &mut filler], model, live, &mut progress).await?
    } else {
        logged::rebuild(journal, [&mut control, &mut filler], model, live, &mut progress).await?
    };
    filler.close().await?;
    schema::drop(&mut control, &old(model.name())).await?;
    control.close().await?;
    Ok(report)
}

/// What there is to replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Live {
    Nothing,
    OtherVersion,
    SameVersion,
}

impl Live {
    async fn find(conn: &mut PgConnection, model: &dyn ReadModel) -> Result<Self, ProjectionError> {
        if !schema::exists(conn, &live(model.name())).await? {
            return Ok(Self::Nothing);
        }
        let version = schema::version(conn, model.name()).await?;
        Ok(if version == Some(model.version()) { Self::SameVersion } else { Self::OtherVersion })
    }
}

/// Compares and swaps, in the caller's transaction, which has made sure that nobody writes.
async fn swap(
    conn: &mut PgConnection,
    model: &dyn ReadModel,
    replaced: Live,
) -> Result<(String, Digest), sqlx::Error> {
    let before = match replaced {
        Live::SameVersion => digest_of(conn, &live(model.name()), model).await?.text,
        Live::Nothing | Live::OtherVersion => NONE.to_owned(),
    };
    let after = digest_of(conn, &next(model.name()), model).await?;
    // Nothing before this took a transaction id, which would have held up settling.
    if replaced != Live::Nothing {
        rename(conn, include_str!("sql/retire.sql"), model).await?;
    }
    rename(conn, include_str!("sql/promote.sql"), model).await?;
    schema::enter(conn, model).await?;
    Ok((before, after))
}

async fn rename(
    conn: &mut PgConnection,
    sql: &str,
    model: &dyn ReadModel,
) -> Result<(), sqlx::Error> {
    let sql = within(&live(model.name()), sql)
        .replace("{next}", &next(model.name()))
        .replace("{old}", &old(model.name()));
    schema::run(conn, &sql).await
}
