//! A baseline, as a row of the read side.

use async_graphql::{ID, Object};
use chrono::{DateTime, Utc};
use projections::baselines::BaselineRow;

use crate::graphql::id::encode;
use crate::graphql::scalar::Position;

/// A name for a moment of the log.
pub(in crate::graphql) struct Baseline(pub(in crate::graphql) BaselineRow);

/// A name for a moment of the log.
#[Object]
impl Baseline {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.0.baseline_id)
    }

    /// Unique, whatever its case, among those that are not withdrawn.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The moment: after the event of the log with this number.
    async fn position(&self) -> Position {
        Position::Number(self.0.position)
    }

    /// What it is for.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// When it was named.
    async fn named_at(&self) -> DateTime<Utc> {
        self.0.named_at
    }

    /// When it was withdrawn; null: it counts.
    async fn withdrawn_at(&self) -> Option<DateTime<Utc>> {
        self.0.withdrawn_at
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.version
    }
}
