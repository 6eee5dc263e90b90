//! A read model's state.

use async_graphql::{Enum, Object};
use chrono::{DateTime, Utc};
use projections::ProjectionStatus;

use crate::graphql::scalar::Position;

/// What a read model is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "projections::RunnerState")]
pub(super) enum ProjectionState {
    /// Follows the log.
    Running,
    /// Stands at an event it cannot apply, and tries now and then.
    Halted,
    /// Follows the log, while its tables are made anew beside.
    Rebuilding,
    /// Stands because somebody said so.
    Paused,
}

/// A read model: derived from the log, and how far it is.
pub(in crate::graphql) struct Projection(pub(super) ProjectionStatus);

/// A read model: derived from the log, and how far it is.
#[Object]
impl Projection {
    /// Its name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The version of its tables; another one means that they were rebuilt.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The number of the last event it has taken in; 0 for none.
    async fn applied_through(&self) -> Position {
        Position::Number(self.0.applied_through)
    }

    /// How many events it still has to take in.
    async fn lag(&self) -> i64 {
        self.0.lag_events
    }

    /// For how long the oldest of them has been waiting, in whole seconds, rounded up.
    async fn lag_seconds(&self) -> i64 {
        self.0.lag_seconds.ceil() as i64
    }

    /// What it is doing.
    async fn state(&self) -> ProjectionState {
        self.0.state.into()
    }

    /// The views that it never gets ahead of, because they say who sees what it tells: while one of
    /// them stands, so does it.
    async fn behind(&self) -> Vec<&str> {
        self.0.behind.to_vec()
    }

    /// Why it is halted.
    async fn last_error(&self) -> Option<&str> {
        self.0.last_error.as_deref()
    }

    /// How many streams wait, because an event of theirs could not be applied: see `deadLetters`.
    async fn parked(&self) -> i64 {
        self.0.parked
    }

    /// Since when it is halted, or the first of those streams waits.
    async fn failing_since(&self) -> Option<DateTime<Utc>> {
        self.0.failing_since
    }

    /// How many tasks share its work.
    async fn slots(&self) -> i64 {
        self.0.slots
    }

    /// How many events it takes in a second, as measured lately.
    async fn events_per_second(&self) -> f64 {
        self.0.events_per_second
    }

    /// Since when it is paused.
    async fn paused_at(&self) -> Option<DateTime<Utc>> {
        self.0.paused.as_ref().map(|paused| paused.at)
    }

    /// Why it is paused.
    async fn pause_reason(&self) -> Option<&str> {
        self.0.paused.as_ref().map(|paused| paused.reason.as_str())
    }
}

/// Whether there is a read model of this name.
pub(in crate::graphql) fn is_projection(name: &str) -> bool {
    projections::read_models().iter().any(|model| model.name() == name)
}
