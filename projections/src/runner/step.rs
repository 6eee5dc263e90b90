//! What a slot does with the next events: applies them, looks for the one at fault, puts its stream
//! aside.

use std::sync::Arc;
use std::time::Instant;

use journal::Recorded;
use journal::read::{LogEntry, LogReader};
use sqlx::Connection;

use super::slot::{BATCH, Slot, Stepped};
use super::tail::Next;
use crate::dead_letters::park;
use crate::error::ProjectionError;
use crate::model::{Grain, OnPoison, Step};
use crate::slots;

/// Events, as several models have them.
type Entries = Vec<Arc<LogEntry>>;

impl Slot<'_> {
    /// Applies what comes next, not beyond `up_to`. `look`: reads the log though it was told that
    /// there is nothing new.
    pub(super) async fn step(
        &mut self,
        up_to: i64,
        look: bool,
    ) -> Result<Stepped, ProjectionError> {
        if self.known >= up_to {
            // Held back it reads nothing, by which it would notice that its connection is gone.
            if look {
                self.conn.ping().await?;
            }
            return Ok(Stepped::Idle);
        }
        let mut entries = match self.shared.tail.after(self.known, self.limit) {
            Next::Events(entries) => entries,
            Next::End if !look => return Ok(Stepped::Idle),
            Next::End | Next::Unknown => self.read(up_to).await?,
        };
        entries.retain(|entry| entry.global_seq <= up_to);
        let unreadable =
            entries.iter().position(|entry| self.takes(entry) && entry.recorded.is_err());
        match unreadable {
            // It may have been repaired since somebody read it for all.
            Some(0) => entries = self.read(self.known + 1).await?,
            Some(readable) => entries.truncate(readable),
            None => {}
        }
        self.go_on(entries).await
    }

    async fn read(&mut self, up_to: i64) -> Result<Entries, ProjectionError> {
        let journal = &self.shared.journal;
        let mut log = LogReader::after(journal.keyring(), journal.upcasters(), self.known);
        let limit = i64::try_from(self.limit).unwrap_or(i64::MAX);
        let entries = log.entries(self.conn, up_to, limit).await?;
        Ok(entries.into_iter().map(Arc::new).collect())
    }

    async fn go_on(&mut self, entries: Entries) -> Result<Stepped, ProjectionError> {
        let Some(last) = entries.last() else { return Ok(Stepped::Idle) };
        let to = last.global_seq;
        if !entries.iter().any(|entry| self.model.reads(&entry.aggregate_type)) {
            self.publish(to);
            return Ok(Stepped::Applied);
        }
        let taken: Vec<&LogEntry> =
            entries.iter().map(Arc::as_ref).filter(|entry| self.takes(entry)).collect();
        if taken.is_empty() {
            return self.pass(to).await;
        }
        let mut batch = Vec::with_capacity(taken.len());
        for entry in &taken {
            match &entry.recorded {
                Ok(recorded) => batch.push(recorded),
                // Read by itself just now: alone.
                Err(error) => {
                    let error = ProjectionError::Unreadable(error.to_string());
                    return self.poisoned(entry, error).await;
                }
            }
        }
        match self.apply(&batch, to).await {
            Err(error) if !error.is_transient() => match taken[..] {
                [only] => self.poisoned(only, error).await,
                // One of several is at fault: those before it can still be applied.
                _ => {
                    self.limit = (entries.len() / 2).max(1);
                    Ok(Stepped::Applied)
                }
            },
            applied => applied,
        }
    }

    /// Nothing of the model's streams is this slot's to apply. Whoever waits for them waits for all
    /// slots, and may do so in another process: progress is written at once.
    async fn pass(&mut self, to: i64) -> Result<Stepped, ProjectionError> {
        self.known = to;
        let flushed = self.flush().await?;
        if flushed == Stepped::Applied {
            self.publish(to);
        }
        Ok(flushed)
    }

    async fn apply(&mut self, batch: &[&Recorded], to: i64) -> Result<Stepped, ProjectionError> {
        let begun = Instant::now();
        let step = Step { from: self.written, to, epoch: self.epoch, fresh: false };
        if !self.model.write(self.conn, batch, step).await? {
            return Ok(Stepped::Fenced);
        }
        self.written = to;
        self.even = Instant::now();
        self.limit = (self.limit * 2).min(BATCH);
        self.publish(to);
        metrics::histogram!("projection_batch_seconds", "projection" => self.model.name())
            .record(begun.elapsed().as_secs_f64());
        self.note_well().await?;
        Ok(Stepped::Applied)
    }

    /// Puts the event's stream aside, where the model allows it.
    async fn poisoned(
        &mut self,
        entry: &LogEntry,
        error: ProjectionError,
    ) -> Result<Stepped, ProjectionError> {
        let parks = self.model.on_poison() == OnPoison::Park
            && self.model.grain() == Grain::Stream
            && error.is_poison()
            && !self.waiting.is_full();
        if !parks {
            return Err(error);
        }
        let step = Step { from: self.written, to: self.written, epoch: self.epoch, fresh: false };
        if !park(self.conn, self.model, entry, &error.to_string(), step).await? {
            return Ok(Stepped::Fenced);
        }
        let name = self.model.name();
        tracing::warn!(projection = name, number = entry.global_seq, %error, "a stream is parked");
        metrics::counter!("projection_parked_total", "projection" => name).increment(1);
        self.waiting.add(entry);
        self.limit = BATCH;
        Ok(Stepped::Applied)
    }

    /// Whether the event is this slot's to apply.
    fn takes(&self, entry: &LogEntry) -> bool {
        let (number, of) = self.place;
        self.model.reads(&entry.aggregate_type)
            && slots::of(&entry.aggregate_id, of) == number
            && !self.waiting.holds(entry)
    }
}
