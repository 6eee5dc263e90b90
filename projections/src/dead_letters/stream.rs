//! A stream's events, applied beside the log: progress stays where it is.

use journal::read::LogEntry;
use journal::{Journal, Recorded};
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use super::letter::DeadLetter;
use super::park::Waiting;
use crate::error::ProjectionError;
use crate::model::{ReadModel, Step};

/// An event that cannot be applied.
#[derive(Debug)]
pub(super) struct Stuck {
    pub(super) global_seq: i64,
    pub(super) error: String,
}

/// The stream that waits, in a transaction that holds the right to write its view.
#[derive(Debug)]
pub(super) struct Stream<'a> {
    pub(super) journal: &'a Journal,
    pub(super) model: &'a dyn ReadModel,
    pub(super) letter: &'a DeadLetter,
    pub(super) waiting: Waiting,
    /// Nowhere to nowhere, by the right to write.
    pub(super) step: Step,
}

impl Stream<'_> {
    /// Its events from this number on that the view has passed, but for those left out.
    pub(super) async fn events(
        &self,
        conn: &mut PgConnection,
        from: i64,
    ) -> Result<Vec<LogEntry>, ProjectionError> {
        let letter = self.letter;
        let mut entries = journal::read::stream_entries(
            conn,
            (self.journal.keyring(), self.journal.upcasters()),
            (std::slice::from_ref(&letter.aggregate_type), &letter.aggregate_id),
            (from - 1, self.step.to),
        )
        .await?;
        entries.retain(|entry| !self.waiting.is_left_out(entry.global_seq));
        Ok(entries)
    }

    /// Applies them in order, as many as can be; the first that cannot.
    pub(super) async fn apply(
        &self,
        conn: &mut PgConnection,
        entries: Vec<LogEntry>,
    ) -> Result<Option<Stuck>, ProjectionError> {
        let (readable, unreadable) = split(entries);
        match self.all(conn, &readable, self.step).await {
            Ok(()) => return Ok(unreadable),
            Err(error) if !error.is_poison() => return Err(error),
            Err(_) => {}
        }
        for recorded in readable {
            let global_seq = recorded.global_seq;
            if let Err(error) = self.all(conn, &[recorded], self.step).await {
                if !error.is_poison() {
                    return Err(error);
                }
                return Ok(Some(Stuck { global_seq, error: error.to_string() }));
            }
        }
        Ok(unreadable)
    }

    /// Makes its rows anew from these, all or nothing.
    pub(super) async fn anew(
        &self,
        conn: &mut PgConnection,
        entries: Vec<LogEntry>,
    ) -> Result<Option<Stuck>, ProjectionError> {
        let (readable, unreadable) = split(entries);
        if unreadable.is_some() {
            return Ok(unreadable);
        }
        forget_rows(conn, self.model, &self.letter.aggregate_id).await?;
        let step = Step { fresh: true, ..self.step };
        match self.all(conn, &readable, step).await {
            Ok(()) => Ok(None),
            Err(error) if error.is_poison() => {
                let global_seq = self.letter.global_seq;
                Ok(Some(Stuck { global_seq, error: error.to_string() }))
            }
            Err(error) => Err(error),
        }
    }

    /// Applies all of them, or changes nothing.
    async fn all(
        &self,
        conn: &mut PgConnection,
        batch: &[Recorded],
        step: Step,
    ) -> Result<(), ProjectionError> {
        let mut savepoint = conn.begin().await?;
        if !self.model.apply(&mut savepoint, batch, step).await? {
            return Err(ProjectionError::Fenced(self.model.name()));
        }
        Ok(savepoint.commit().await?)
    }
}

/// Deletes what a model has of the streams with this identity; how many rows.
pub(crate) async fn forget_rows(
    conn: &mut PgConnection,
    model: &dyn ReadModel,
    aggregate_id: &str,
) -> Result<u64, sqlx::Error> {
    // Rows of a stream whose identity is none cannot be there.
    let Ok(id) = aggregate_id.parse::<Uuid>() else { return Ok(0) };
    let mut rows = 0;
    for table in model.tables() {
        let Some(stream) = table.stream else { continue };
        let sql = include_str!("sql/forget.sql")
            .replace("{table}", table.name)
            .replace("{stream}", stream);
        rows += sqlx::query(&sql).bind(id).execute(&mut *conn).await?.rows_affected();
    }
    Ok(rows)
}

/// What can be read, up to the first that cannot.
fn split(entries: Vec<LogEntry>) -> (Vec<Recorded>, Option<Stuck>) {
    let mut readable = Vec::with_capacity(entries.len());
    for entry in entries {
        match entry.recorded {
            Ok(recorded) => readable.push(recorded),
            Err(error) => {
                let stuck = Stuck { global_seq: entry.global_seq, error: error.to_string() };
                return (readable, Some(stuck));
            }
        }
    }
    (readable, None)
}
