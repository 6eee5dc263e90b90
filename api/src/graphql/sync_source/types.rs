//! A source, as a row of the read side.

use std::collections::BTreeSet;

use async_graphql::{ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::sync_source::Run;
use projections::sync_sources::SyncSourceRow;

use super::words::{SyncSourceOnMany, SyncSourceOnMissing, SyncSourceOnNone, SyncSourceOnOne};
use crate::graphql::id::encode;

/// A source that sends items.
pub(in crate::graphql) struct SyncSource(pub(in crate::graphql) SyncSourceRow);

/// What a source may say of items of a class and of those that inherit from it.
#[derive(SimpleObject)]
struct SyncSourceOwned {
    /// The class's name.
    class: String,
    /// The attributes' names.
    attributes: BTreeSet<String>,
}

/// What a run of a source came to: how many rows there were of each kind.
#[derive(SimpleObject)]
struct SyncSourceRun {
    /// Whether it sent all that it has.
    complete: bool,
    /// Items and relations that were not known before.
    new: u64,
    /// Items of which something is known anew.
    changed: u64,
    /// Rows that say what was known.
    unchanged: u64,
    /// Rows that match what they may not.
    conflicting: u64,
    /// Rows that make no sense.
    invalid: u64,
    /// Items of the source that it did not send; of a complete run.
    missing: u64,
}

/// A source that sends items.
#[Object]
impl SyncSource {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.0.source_id)
    }

    /// Unique, whatever its case.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Whose word counts: the lowest of all who say something; people have 0.
    async fn rank(&self) -> u16 {
        self.0.rank
    }

    /// What becomes of a row that no item matches.
    async fn on_none(&self) -> SyncSourceOnNone {
        self.0.definition.on_none.into()
    }

    /// What becomes of a row that one item matches.
    async fn on_one(&self) -> SyncSourceOnOne {
        self.0.definition.on_one.into()
    }

    /// What becomes of a row that several items match.
    async fn on_many(&self) -> SyncSourceOnMany {
        self.0.definition.on_many.into()
    }

    /// What becomes of an item that a complete run did not send.
    async fn on_missing(&self) -> SyncSourceOnMissing {
        self.0.definition.on_missing.into()
    }

    /// How many days later it is retired; null when it is not.
    async fn retire_after_days(&self) -> Option<u16> {
        self.0.definition.retire_after_days
    }

    /// What it may say, by class; of classes that are not named it may say everything.
    async fn owned(&self) -> Vec<SyncSourceOwned> {
        let all = self.0.definition.owned.iter();
        let one = |(class, attributes): (&String, &BTreeSet<String>)| SyncSourceOwned {
            class: class.clone(),
            attributes: attributes.clone(),
        };
        all.map(one).collect()
    }

    /// When it last ran; null before it did.
    async fn last_run_at(&self) -> Option<DateTime<Utc>> {
        self.0.last_run_at
    }

    /// What its last run came to; null before it did.
    async fn last_run(&self) -> Option<SyncSourceRun> {
        self.0.last_run.map(Into::into)
    }

    /// When it last sent all that it has; null before it did.
    async fn last_complete_run_at(&self) -> Option<DateTime<Utc>> {
        self.0.complete_at
    }

    /// How often it ran.
    async fn runs(&self) -> i64 {
        self.0.runs
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.version
    }
}

impl From<Run> for SyncSourceRun {
    fn from(run: Run) -> Self {
        Self {
            complete: run.complete,
            new: run.new,
            changed: run.changed,
            unchanged: run.unchanged,
            conflicting: run.conflicting,
            invalid: run.invalid,
            missing: run.missing,
        }
    }
}
