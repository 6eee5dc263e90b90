//! The row, and how an event changes it.

use domain::kernel::SubjectId;
use domain::subject::SubjectEvent;
use serde::{Deserialize, Serialize};

/// What tickets are about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectRow {
    /// Its stream.
    pub subject_id: SubjectId,
    /// Unique, whatever its case.
    pub name: String,
}

impl SubjectRow {
    /// The row after an event; none as long as the subject was not created.
    pub fn fold(row: Option<Self>, event: &SubjectEvent, id: SubjectId) -> Option<Self> {
        match event {
            SubjectEvent::Renamed(_)
            | SubjectEvent::DefaultsChosen(_)
            | SubjectEvent::Retired(_)
            | SubjectEvent::Restored(_) => row,
            SubjectEvent::Created(e) => {
                Some(row.unwrap_or_else(|| Self { subject_id: id, name: e.name.clone() }))
            }
        }
    }
}
