//! A job, and what became of asking for one.

use async_graphql::{Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use projections::rebuild;

use crate::graphql::id::encode_job;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// Where a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rebuild::JobState")]
pub(super) enum JobState {
    /// Somebody wants it, nobody has begun.
    Requested,
    /// Under way, or interrupted: a server goes on with it.
    Running,
    /// Somebody wanted no more of it; it can be resumed.
    Cancelled,
    /// It came to an error; it can be resumed.
    Failed,
    /// The new tables are live.
    Done,
    /// The tables that it replaced are live again.
    RolledBack,
}

/// A rebuild of a read model.
#[derive(Debug, Clone)]
pub(super) struct Job(pub(super) rebuild::Job);

/// A rebuild of a read model.
#[Object]
impl Job {
    /// For asking again.
    async fn id(&self) -> ID {
        encode_job(self.0.id)
    }

    /// The read model.
    async fn projection(&self) -> &str {
        &self.0.projection
    }

    /// The version of the tables it makes.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// Where it is.
    async fn state(&self) -> JobState {
        self.0.state.into()
    }

    /// How many fill side by side.
    async fn workers(&self) -> usize {
        self.0.workers
    }

    /// Up to which number of the log old and new are compared; null before it has begun.
    async fn boundary(&self) -> Option<Position> {
        self.0.boundary.map(Position::Number)
    }

    /// Events done.
    async fn done(&self) -> i64 {
        self.0.done
    }

    /// Of how many, as far as is known.
    async fn total(&self) -> i64 {
        self.0.total
    }

    /// Events a second since it last began.
    async fn rate_per_second(&self) -> i64 {
        self.0.rate.round() as i64
    }

    /// Seconds left at this rate; null when that is not known, or over.
    async fn eta_seconds(&self) -> Option<i64> {
        self.0.eta_seconds()
    }

    /// A fingerprint of the tables it replaces; `none` when they cannot be compared.
    async fn digest_before(&self) -> Option<&str> {
        self.0.digest_before.as_deref()
    }

    /// A fingerprint of its own tables, made from the same events.
    async fn digest_after(&self) -> Option<&str> {
        self.0.digest_after.as_deref()
    }

    /// Whether the tables it replaces were right; null when that is not known yet, or when there
    /// was nothing to compare.
    async fn equal(&self) -> Option<bool> {
        self.0.equal()
    }

    /// Rows it had right before the swap.
    async fn rows(&self) -> Option<i64> {
        self.0.rows
    }

    /// What was odd: why it began anew, or where the tables it replaces stood.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Why it failed.
    async fn error(&self) -> Option<&str> {
        self.0.error.as_deref()
    }

    /// Who asked for it, in the words of the history.
    async fn requested_by(&self) -> &str {
        &self.0.requested_by
    }

    /// When somebody asked for it.
    async fn requested_at(&self) -> DateTime<Utc> {
        self.0.requested_at
    }

    /// When it first began.
    async fn started_at(&self) -> Option<DateTime<Utc>> {
        self.0.started_at
    }

    /// When it last said how far it is.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// When it ended.
    async fn finished_at(&self) -> Option<DateTime<Utc>> {
        self.0.finished_at
    }
}

/// What became of asking for a job, or for its end.
#[derive(SimpleObject)]
pub(super) struct JobPayload {
    /// As you sent it.
    pub(super) client_mutation_id: Option<String>,
    /// The job as it is now; null when nothing was done.
    pub(super) job: Option<Job>,
    /// Why nothing was done; empty when it was.
    pub(super) user_errors: Vec<UserError>,
}

/// What became of going back.
#[derive(SimpleObject)]
pub(super) struct ProjectionRollbackPayload {
    /// As you sent it.
    pub(super) client_mutation_id: Option<String>,
    /// The last event in the tables that are live now; they catch up from there.
    pub(super) applied_through: Option<Position>,
    /// Why nothing was done; empty when it was.
    pub(super) user_errors: Vec<UserError>,
}
