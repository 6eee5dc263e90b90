//! What can have happened to a source. These names and shapes are the storage format: add, never
//! rename, never change a meaning.

use std::collections::{BTreeMap, BTreeSet};

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use super::words::{OnMany, OnMissing, OnNone, OnOne};

/// An event of a source's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "sync_source.", serialize_all = "snake_case")]
pub enum SyncSourceEvent {
    /// It is so from now on, as a whole.
    Defined(Box<Definition>),
    /// It sent what it has, or a part of it.
    Ran(Run),
}

impl DomainEvent for SyncSourceEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// A source, as it is said to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// Unique, whatever its case; for good.
    pub name: String,
    /// Whose word counts: the lowest of all who say something, 1 to 999.
    pub rank: u16,
    /// What becomes of a row that no item matches.
    pub on_none: OnNone,
    /// Likewise one.
    pub on_one: OnOne,
    /// Likewise several.
    pub on_many: OnMany,
    /// What becomes of an item that a complete run did not send.
    pub on_missing: OnMissing,
    /// How many days later it is retired; said if it is retired at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retire_after_days: Option<u16>,
    /// What it may say of items of a class and of those that inherit from it, by the class's name; of
    /// classes that are not named it may say everything.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub owned: BTreeMap<String, BTreeSet<String>>,
}

/// What a run of a source came to: how many rows there were of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Whether it sent all that it has: what is not among it is missing.
    pub complete: bool,
    /// Items or relations that were not known before.
    pub new: u64,
    /// Items of which something is known anew.
    pub changed: u64,
    /// Rows that say what was known.
    pub unchanged: u64,
    /// Rows that match what they may not.
    pub conflicting: u64,
    /// Rows that make no sense.
    pub invalid: u64,
    /// Items of the source that it did not send, of a complete run.
    pub missing: u64,
}
