//! What a read model is to the runner, the rebuild and the comparison.

use std::sync::Arc;

use async_trait::async_trait;
use journal::{InlineView, Recorded};
use sqlx::PgConnection;

use crate::error::ProjectionError;

/// A table of a read model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The columns that tell its rows apart: uuid, bigint, or text in the collation "C".
    pub key: &'static [&'static str],
    /// The column that holds the stream whose events a row is made from, where that is one stream.
    pub stream: Option<&'static str>,
}

/// How the rows of a model hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// An event reads and changes the rows of its own stream alone: streams can be worked on side
    /// by side, and one can wait while the others go on.
    Stream,
    /// An event may read or change what another stream's has made: only the log's order is right.
    Log,
}

/// What becomes of an event that cannot be applied, however often it is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnPoison {
    /// The model stands still before it: better no answer than a wrong one.
    Halt,
    /// Its stream waits, with all its later events, in order; all others go on.
    Park,
}

/// A batch's place in the log, and by what right it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What `progress.applied_through` has to be.
    pub from: i64,
    /// What it becomes.
    pub to: i64,
    /// What `progress.epoch` has to be: the lease.
    pub epoch: i64,
    /// Whether the batch holds whole streams from their beginning, so that none of their rows are
    /// read before. Rows that stand there already are overwritten.
    pub fresh: bool,
}

/// A read model: tables derived from the log.
#[async_trait]
pub trait ReadModel: Send + Sync + std::fmt::Debug {
    /// Its name, for people, for `view_<name>` and for metrics.
    fn name(&self) -> &'static str;

    /// Raised with every change of its tables or its fold; another one stored means a rebuild.
    fn version(&self) -> i32;

    /// Makes its empty tables and their indexes in the first schema of the search path.
    fn ddl(&self) -> &'static str;

    /// Its tables, without `progress`.
    fn tables(&self) -> &'static [Table];

    /// How its rows hang together.
    fn grain(&self) -> Grain;

    /// What becomes of an event it cannot apply. Only a model of the stream's grain can park one.
    fn on_poison(&self) -> OnPoison {
        OnPoison::Halt
    }

    /// The types of the streams it is made from; none named: of all.
    fn types(&self) -> &'static [&'static str] {
        &[]
    }

    /// How many tasks share its streams, each on a connection of its own. More than one only where
    /// one is not enough, and only with the stream's grain.
    fn slots(&self) -> u8 {
        1
    }

    /// The models it never gets ahead of: they say who may see what its rows tell.
    fn behind(&self) -> &'static [&'static str] {
        &[]
    }

    /// Whether it is made from streams of this type.
    fn reads(&self, aggregate_type: &str) -> bool {
        self.types().is_empty() || self.types().contains(&aggregate_type)
    }

    /// The views the append itself keeps, in the order of the tables; none: a runner keeps it.
    fn inline_views(&self) -> Vec<Arc<dyn InlineView>> {
        Vec::new()
    }

    /// Whether the append itself keeps it: then it is never behind.
    fn is_inline(&self) -> bool {
        !self.inline_views().is_empty()
    }

    /// Applies a batch of the log in one autocommit statement, together with `progress`. False, and
    /// nothing changed, when `progress` is not as `step` says: repeated, or no longer ours to write.
    async fn write(
        &self,
        conn: &mut PgConnection,
        batch: &[&Recorded],
        step: Step,
    ) -> Result<bool, ProjectionError>;

    /// The same of events that stand together.
    async fn apply(
        &self,
        conn: &mut PgConnection,
        batch: &[Recorded],
        step: Step,
    ) -> Result<bool, ProjectionError> {
        self.write(conn, &batch.iter().collect::<Vec<_>>(), step).await
    }
}
