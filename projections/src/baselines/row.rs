//! The row, and how an event changes it.

use chrono::{DateTime, Utc};
use domain::baseline::BaselineEvent;
use domain::kernel::BaselineId;
use journal::Recorded;
use serde::{Deserialize, Serialize};

use crate::rows::{micros, shown};

/// A moment of the log that has a name. Its note is clear, or the word `erased`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaselineRow {
    /// Its stream.
    pub baseline_id: BaselineId,
    /// Unique, whatever its case, among those that are not withdrawn.
    pub name: String,
    /// After the event of the log with this number.
    pub position: i64,
    /// What it is for.
    pub note: Option<String>,
    /// When it was named, by `occurred_at`, as all instants here.
    pub named_at: DateTime<Utc>,
    /// When it was withdrawn, if it was.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// The number of its events.
    pub version: i64,
}

impl BaselineRow {
    /// The row after an event; none as long as the baseline was not named.
    pub fn fold(
        row: Option<Self>,
        recorded: &Recorded,
        event: &BaselineEvent,
        id: BaselineId,
    ) -> Option<Self> {
        let at = micros(recorded.event.meta.occurred_at);
        let row = match (row, event) {
            (None, BaselineEvent::Named(e)) => Some(Self {
                baseline_id: id,
                name: e.name.clone(),
                position: e.position.unwrap_or(recorded.global_seq),
                note: e.note.as_ref().map(shown),
                named_at: at,
                withdrawn_at: None,
                version: 0,
            }),
            (Some(row), BaselineEvent::Renamed(e)) => Some(Self { name: e.name.clone(), ..row }),
            (Some(row), BaselineEvent::Withdrawn(_)) => {
                Some(Self { withdrawn_at: Some(at), ..row })
            }
            (
                row,
                BaselineEvent::Named(_) | BaselineEvent::Renamed(_) | BaselineEvent::Withdrawn(_),
            ) => row,
        };
        row.map(|row| Self { version: recorded.event.sequence, ..row })
    }
}
