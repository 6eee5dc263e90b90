//! The row, and how an event makes it.

use domain::ci_class::CiClassEvent;
use domain::cmdb::Definition;
use domain::kernel::CiClassId;
use journal::Recorded;
use serde::{Deserialize, Serialize};

/// A class as it was defined once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CiClassRow {
    /// Its stream.
    pub class_id: CiClassId,
    /// The number of the definition, from 1.
    pub version: i64,
    /// The event of the log that it is in force from.
    pub since_seq: i64,
    /// The event from which another one is; none: it is in force.
    pub until_seq: Option<i64>,
    /// Unique among the classes of a day, whatever its case.
    pub name: String,
    /// For people.
    pub label: String,
    /// What it inherits from.
    pub parent_id: Option<CiClassId>,
    /// Whether it has no items of its own.
    pub is_abstract: bool,
    /// All that it says.
    pub definition: Definition,
}

impl CiClassRow {
    /// The row of an event.
    pub fn of(recorded: &Recorded, event: &CiClassEvent, id: CiClassId) -> Self {
        let CiClassEvent::Defined(definition) = event;
        Self {
            class_id: id,
            version: recorded.event.sequence,
            since_seq: recorded.global_seq,
            until_seq: None,
            name: definition.name.clone(),
            label: definition.label.clone(),
            parent_id: definition.parent,
            is_abstract: definition.is_abstract,
            definition: (**definition).clone(),
        }
    }
}
