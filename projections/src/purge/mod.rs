//! Views without what was erased: whatever shows a stream that holds something under a destroyed key is
//! made again from the history, in which it is not any more.
//!
//! What is made from one identity's streams alone is made again one by one; what hangs together is rebuilt
//! as a whole. So a view that was purged is what a rebuild would make. What rebuilds had replaced, and what
//! interrupted ones had filled, goes with it. Told again it is the same. Called by the API's worker that
//! carries erasures out, and after a database was restored.

mod streams;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::erasure::event::PurgedView;
use journal::Journal;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};
use tokio::sync::watch;

use crate::as_of;
use crate::error::ProjectionError;
use crate::model::{Grain, ReadModel};
use crate::read_models;
use crate::rebuild::{Begin, Order, WORKERS, old, rebuild_as};
use crate::schema::{self, Lock, live};
use crate::session;

/// Streams by their type and identity.
pub type Streams = BTreeSet<(String, String)>;

/// Where views are purged; `options` log in.
#[derive(Debug, Clone, Copy)]
pub struct Purging<'a> {
    /// The history they are made from.
    pub journal: &'a Journal,
    /// How to reach their tables.
    pub options: &'a PgConnectOptions,
    /// For people: on whose account.
    pub requested_by: &'a str,
}

impl Purging<'_> {
    /// The first model that cannot be purged of these streams now: it is being rebuilt, or has not applied
    /// the event with this number. Nothing is waited for, and nothing done.
    ///
    /// # Errors
    /// The database.
    pub async fn in_the_way(
        &self,
        streams: &Streams,
        through: i64,
    ) -> Result<Option<&'static str>, ProjectionError> {
        let mut conn = session::open(self.options, "read").await?;
        for model in read_models() {
            let name = model.name();
            if shown(model.as_ref(), streams).is_empty() {
                continue;
            }
            if !schema::try_lock(&mut conn, Lock::Rebuild, name).await? {
                return Ok(Some(name));
            }
            schema::unlock(&mut conn, Lock::Rebuild, name).await?;
            if !reaches(&mut conn, model.as_ref(), through).await? {
                return Ok(Some(name));
            }
        }
        conn.close().await?;
        Ok(None)
    }

    /// Makes again what a model shows of these streams, once it has applied the event with this number:
    /// what it still had to apply might have been opened before the key was gone. None: it shows nothing of
    /// any of them.
    ///
    /// # Errors
    /// The model does not come so far, is being rebuilt or was not prepared; the database. What was done by
    /// then stays done.
    pub async fn purge(
        &self,
        model: &Arc<dyn ReadModel>,
        streams: &Streams,
        through: i64,
    ) -> Result<Option<PurgedView>, ProjectionError> {
        let ids = shown(model.as_ref(), streams);
        if ids.is_empty() {
            return Ok(None);
        }
        old::clear(self.options, model.name()).await?;
        let mut conn = session::open(self.options, "read").await?;
        if !reaches(&mut conn, model.as_ref(), through).await? {
            return Err(ProjectionError::Behind(model.name()));
        }
        conn.close().await?;
        let rows = match model.grain() {
            Grain::Stream if !model.is_inline() => {
                self.stream_by_stream(model.as_ref(), &ids).await?
            }
            Grain::Stream | Grain::Log => self.whole(model).await?,
        };
        Ok(Some(PurgedView { through, rows }))
    }

    /// The same of everything a model shows: how many rows it has.
    async fn whole(&self, model: &Arc<dyn ReadModel>) -> Result<u64, ProjectionError> {
        let (_running, stop) = watch::channel(false);
        let order = Order {
            begin: Begin::Anew,
            workers: WORKERS,
            requested_by: self.requested_by.to_owned(),
            stop,
        };
        let report = rebuild_as(self.journal, self.options, model, order, |_, _| {}).await?;
        // What it has replaced holds what has to go.
        old::clear(self.options, model.name()).await?;
        Ok(report.rows.unsigned_abs())
    }
}

/// The identities of those streams of which a model shows something.
fn shown<'a>(model: &dyn ReadModel, streams: &'a Streams) -> BTreeSet<&'a str> {
    let concerned = streams.iter().filter(|(name, _)| model.reads(name));
    concerned.map(|(_, id)| id.as_str()).collect()
}

/// Whether a model has applied the event with this number; an inline one has when it is appended.
async fn reaches(
    conn: &mut PgConnection,
    model: &dyn ReadModel,
    through: i64,
) -> Result<bool, ProjectionError> {
    Ok(model.is_inline() || schema::applied_through(conn, &live(model.name())).await? >= through)
}

/// Leaves nothing of any view; whoever prepares them next makes all of them anew. For a database that nobody
/// uses.
///
/// # Errors
/// A view is being rebuilt; the database.
pub async fn drop_all(options: &PgConnectOptions) -> Result<(), ProjectionError> {
    as_of::drop_all(options).await?;
    let mut conn = session::open(options, "read").await?;
    for model in read_models() {
        old::clear(options, model.name()).await?;
        schema::drop(&mut conn, &live(model.name())).await?;
    }
    Ok(conn.close().await?)
}
