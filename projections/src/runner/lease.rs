//! The right to write a model's live tables, and the connection it hangs on.

use std::time::{Duration, Instant};

use journal::read::LogReader;
use sqlx::{PgConnection, Row};
use tokio::time::sleep;

use super::Shared;
use crate::error::ProjectionError;
use crate::model::{ReadModel, Step};
use crate::schema::{self, Lock, live};
use crate::session;

/// How often a process without the lease looks how far the model is, and whether it is free.
const FOLLOW: Duration = Duration::from_millis(250);

/// Held by one process.
#[derive(Debug)]
pub(super) struct Lease<'a> {
    shared: &'a Shared,
    model: &'a dyn ReadModel,
    conn: PgConnection,
    applied_through: i64,
    epoch: i64,
}

/// What a step came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stepped {
    Applied,
    /// There was nothing to apply.
    Idle,
    /// Somebody else has the lease now.
    Fenced,
}

impl<'a> Lease<'a> {
    /// Waits until it is free, watching meanwhile how far its holder is.
    pub(super) async fn take(
        shared: &'a Shared,
        model: &'a dyn ReadModel,
    ) -> Result<Self, ProjectionError> {
        let mut conn = session::open(&shared.options, &live(model.name())).await?;
        while !schema::try_lock(&mut conn, Lock::Lease, model.name()).await? {
            let applied = schema::applied_through(&mut conn, &live(model.name())).await?;
            shared.publish(model, applied);
            sleep(FOLLOW).await;
        }
        let row = sqlx::query(include_str!("sql/take_lease.sql"))
            .bind(model.name())
            .bind(model.version())
            .fetch_optional(&mut conn)
            .await?
            .ok_or(ProjectionError::Unprepared(model.name()))?;
        let applied_through = row.try_get("applied_through")?;
        let epoch = row.try_get("epoch")?;
        shared.publish(model, applied_through);
        Ok(Self { shared, model, conn, applied_through, epoch })
    }

    pub(super) fn applied_through(&self) -> i64 {
        self.applied_through
    }

    /// Applies what comes next, at most `limit` events.
    pub(super) async fn step(&mut self, limit: i64) -> Result<Stepped, ProjectionError> {
        let begun = Instant::now();
        let journal = &self.shared.journal;
        let mut log =
            LogReader::after(journal.keyring(), journal.upcasters(), self.applied_through);
        let batch = log.page(&mut self.conn, i64::MAX, limit).await?;
        if batch.is_empty() {
            return Ok(Stepped::Idle);
        }
        let step = Step {
            from: self.applied_through,
            to: log.position(),
            epoch: self.epoch,
            fresh: false,
        };
        if !self.model.apply(&mut self.conn, &batch, step).await? {
            return Ok(Stepped::Fenced);
        }
        self.applied_through = step.to;
        self.shared.publish(self.model, step.to);
        // A process without the sequencer may not have heard of them yet.
        journal.announce(step.to);
        let name = self.model.name();
        metrics::counter!("projection_applied_total", "projection" => name)
            .increment(step.to.abs_diff(step.from));
        metrics::histogram!("projection_batch_seconds", "projection" => name)
            .record(begun.elapsed().as_secs_f64());
        Ok(Stepped::Applied)
    }

    /// Notes that all is well again.
    pub(super) async fn clear_error(&mut self) -> Result<(), sqlx::Error> {
        sqlx::query(include_str!("sql/clear_error.sql"))
            .bind(self.model.name())
            .execute(&mut self.conn)
            .await?;
        Ok(())
    }
}
