//! Appends of very many streams: one connection of the caller's own, one transaction as long as the
//! caller says, many streams a statement. For mass imports.
//!
//! The same binding, the same statement and the same inline views as [`Journal::append`]; what is
//! read here is read in the same transaction, so that later parts see what earlier ones have made
//! before any of it is committed. Nothing queues up here: who imports twice at once may meet itself,
//! and is told of the conflict. As long as a transaction is open, nothing that is appended after its
//! beginning is settled.

use std::sync::Arc;

use cqrs_es::Aggregate;
use domain::kernel::ClaimKey;
use sqlx::{Acquire, PgConnection, Postgres, Row, Transaction};
use tokio::task::JoinSet;
use uuid::Uuid;

use super::bind::Bound;
use super::statement::{self, Failed, Texts};
use super::stored_key;
use super::types::{Append, AppendError, StreamAppend};
use crate::error::JournalError;
use crate::journal::{Journal, Loaded, fold};
use crate::postgres::hot;
use crate::read::{open_events, stored_event};

/// Parts of one append that are sealed and checked side by side.
const PARTS: usize = 4;

/// A connection for bulk appends.
#[derive(Debug)]
pub struct Bulk {
    journal: Journal,
    texts: Arc<Texts>,
    conn: PgConnection,
}

/// A transaction of it. Dropped without a commit, nothing of it was.
#[derive(Debug)]
pub struct BulkTransaction<'c> {
    journal: &'c Journal,
    texts: &'c Texts,
    transaction: Transaction<'c, Postgres>,
}

/// Why a bulk append stored nothing.
#[derive(Debug, thiserror::Error)]
pub enum BulkError {
    /// A stream stands elsewhere, or a key is held: by somebody else, since it was read. The
    /// transaction is as it was before.
    #[error("somebody else was first")]
    Conflict,
    /// Technical failure; the transaction is over.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl Journal {
    /// Opens a connection for bulk appends.
    pub async fn bulk(&self) -> Result<Bulk, JournalError> {
        let conn = hot::one(self.pool()).await?;
        let texts = Arc::new(Texts::new(self.inline_views()));
        Ok(Bulk { journal: self.clone(), texts, conn })
    }
}

impl Bulk {
    /// Begins a transaction.
    pub async fn begin(&mut self) -> Result<BulkTransaction<'_>, JournalError> {
        let transaction = self.conn.begin().await?;
        Ok(BulkTransaction { journal: &self.journal, texts: &self.texts, transaction })
    }
}

impl BulkTransaction<'_> {
    /// Like [`Journal::holders`], as this transaction sees it.
    pub async fn holders(
        &mut self,
        scope: &str,
        keys: &[ClaimKey],
    ) -> Result<Vec<Option<Uuid>>, JournalError> {
        let mut stored = Vec::with_capacity(keys.len());
        for key in keys {
            stored.push(stored_key(self.journal, scope, key).await?);
        }
        let rows = sqlx::query(include_str!("../read/sql/holders.sql"))
            .bind(vec![scope; keys.len()])
            .bind(stored)
            .fetch_all(&mut *self.transaction)
            .await?;
        let mut holders = vec![None; keys.len()];
        for row in rows {
            let (nr, holder): (i64, String) = (row.try_get("nr")?, row.try_get("aggregate_id")?);
            if let Some(place) = usize::try_from(nr - 1).ok().and_then(|nr| holders.get_mut(nr)) {
                *place = holder.parse().ok();
            }
        }
        Ok(holders)
    }

    /// The keys that begin so, as they are stored, and who holds them, as this transaction sees it: of
    /// each beginning, which ends with a slash, at most so many.
    pub async fn holders_beginning(
        &mut self,
        scope: &str,
        beginnings: &[String],
        most: i64,
    ) -> Result<Vec<Vec<(String, Uuid)>>, JournalError> {
        let rows = sqlx::query(include_str!("../read/sql/holders_beginning.sql"))
            .bind(scope)
            .bind(beginnings)
            .bind(most)
            .fetch_all(&mut *self.transaction)
            .await?;
        let mut holders = vec![Vec::new(); beginnings.len()];
        for row in rows {
            let (nr, holder): (i64, String) = (row.try_get("nr")?, row.try_get("aggregate_id")?);
            let place = usize::try_from(nr - 1).ok().and_then(|nr| holders.get_mut(nr));
            if let (Some(place), Ok(holder)) = (place, holder.parse()) {
                place.push((row.try_get("key")?, holder));
            }
        }
        Ok(holders)
    }

    /// Streams of one type, as this transaction sees them; in the order of their identities.
    pub async fn load<A: Aggregate>(
        &mut self,
        ids: &[Uuid],
    ) -> Result<Vec<Loaded<A>>, JournalError> {
        let rows = sqlx::query(include_str!("../read/sql/streams.sql"))
            .bind(vec![A::TYPE; ids.len()])
            .bind(ids.iter().map(Uuid::to_string).collect::<Vec<_>>())
            .bind(vec![0i64; ids.len()])
            .fetch_all(&mut *self.transaction)
            .await?;
        let mut numbers = Vec::with_capacity(rows.len());
        let mut stored = Vec::with_capacity(rows.len());
        for row in &rows {
            let nr: i64 = row.try_get("nr")?;
            numbers.push(usize::try_from(nr - 1).unwrap_or(usize::MAX));
            stored.push(stored_event(row)?);
        }
        let (keyring, upcasters) = (self.journal.keyring(), self.journal.upcasters());
        let events = open_events(keyring, upcasters, stored).await?;
        let mut loaded: Vec<Loaded<A>> = ids.iter().map(|_| Loaded::default()).collect();
        for (nr, event) in numbers.into_iter().zip(events) {
            if let Some(stream) = loaded.get_mut(nr) {
                fold(stream, event)?;
            }
        }
        Ok(loaded)
    }

    /// Appends; after a conflict the transaction can go on as if nothing had been tried. No stream
    /// and no claim may stand in it twice. Its command is not recorded: bulk appends are not repeated.
    pub async fn append(&mut self, append: Append) -> Result<(), BulkError> {
        let mut parts = JoinSet::new();
        for (nr, part) in parted(append).into_iter().enumerate() {
            let journal = self.journal.clone();
            parts.spawn(async move { (nr, Bound::new(&journal, &part).await) });
        }
        let mut group: Vec<(usize, Bound)> = Vec::with_capacity(PARTS);
        while let Some(part) = parts.join_next().await {
            let gone = |_| JournalError::Database(sqlx::Error::WorkerCrashed);
            let (nr, bound) = part.map_err(gone)?;
            group.push((nr, bound.map_err(unbound)?));
        }
        group.sort_by_key(|(nr, _)| *nr);
        let bounds: Vec<&Bound> = group.iter().map(|(_, bound)| bound).collect();
        if bounds.iter().all(|bound| bound.events.is_empty()) {
            return Ok(());
        }
        let mut savepoint = self.transaction.begin().await.map_err(JournalError::from)?;
        match statement::run(&mut savepoint, self.texts, &bounds).await {
            Ok(_) => Ok(savepoint.commit().await.map_err(JournalError::from)?),
            Err(Failed::Conflict) => {
                savepoint.rollback().await.map_err(JournalError::from)?;
                Err(BulkError::Conflict)
            }
            Err(Failed::Refused(error) | Failed::Broken(error)) => {
                Err(JournalError::from(error).into())
            }
        }
    }

    /// Makes it last.
    pub async fn commit(self) -> Result<(), JournalError> {
        let journal = self.journal;
        self.transaction.commit().await?;
        journal.tell_appended();
        Ok(())
    }

    /// Takes everything back.
    pub async fn roll_back(self) -> Result<(), JournalError> {
        Ok(self.transaction.rollback().await?)
    }
}

/// About equal parts; the first has the claims and premises of all, for the statement takes them together.
fn parted(append: Append) -> Vec<Append> {
    let Append { streams, claims, command: _, premises } = append;
    let weight = |stream: &StreamAppend| stream.events.len();
    let all: usize = streams.iter().map(weight).sum();
    let enough = all.div_ceil(PARTS).max(1);
    let mut parts: Vec<Append> = Vec::with_capacity(PARTS);
    let mut filled = enough;
    for stream in streams {
        if filled >= enough {
            parts.push(Append::default());
            filled = 0;
        }
        filled += weight(&stream);
        if let Some(part) = parts.last_mut() {
            part.streams.push(stream);
        }
    }
    if let Some(part) = parts.first_mut() {
        part.claims = claims;
        part.premises = premises;
    }
    parts
}

/// A bound append fails for technical reasons alone.
fn unbound(error: AppendError) -> BulkError {
    match error {
        AppendError::Journal(error) => BulkError::Journal(error),
        AppendError::Stale { .. }
        | AppendError::Repeated(_)
        | AppendError::KeyReused
        | AppendError::ClaimTaken { .. }
        | AppendError::Outdated
        | AppendError::Busy => BulkError::Conflict,
    }
}
