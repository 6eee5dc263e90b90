//! The row, and how an event makes it.

use chrono::{DateTime, Utc};
use domain::kernel::SyncSourceId;
use domain::sync_source::{Definition, Run, SyncSourceEvent};
use journal::StreamEvent;
use serde::{Deserialize, Serialize};

use crate::rows::micros;

/// A source, as it was last defined, and when it last ran.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SyncSourceRow {
    /// Its stream.
    pub source_id: SyncSourceId,
    /// Unique, whatever its case.
    pub name: String,
    /// Whose word counts: the lowest.
    pub rank: u16,
    /// All that it is said to be.
    pub definition: Definition,
    /// How often it ran.
    pub runs: i64,
    /// When it last did, by `occurred_at`, as all instants here.
    pub last_run_at: Option<DateTime<Utc>>,
    /// The run before that one.
    pub earlier_run_at: Option<DateTime<Utc>>,
    /// What the last run came to.
    pub last_run: Option<Run>,
    /// When it last sent all that it has.
    pub complete_at: Option<DateTime<Utc>>,
    /// The number of its events.
    pub version: i64,
}

impl SyncSourceRow {
    /// The row after an event; none before it is defined.
    pub fn of(
        before: Option<Self>,
        event: &StreamEvent,
        source_event: &SyncSourceEvent,
        id: SyncSourceId,
    ) -> Option<Self> {
        let mut row = match (source_event, before) {
            (SyncSourceEvent::Defined(defined), before) => Self {
                name: defined.name.clone(),
                rank: defined.rank,
                definition: (**defined).clone(),
                ..before.unwrap_or_else(|| Self::new(id, defined))
            },
            (SyncSourceEvent::Ran(run), before) => {
                let mut row = before?;
                let at = micros(event.meta.occurred_at);
                row.earlier_run_at = row.last_run_at.replace(at);
                row.last_run = Some(*run);
                row.runs += 1;
                if run.complete {
                    row.complete_at = Some(at);
                }
                row
            }
        };
        row.version = event.sequence;
        Some(row)
    }

    fn new(id: SyncSourceId, defined: &Definition) -> Self {
        Self {
            source_id: id,
            name: defined.name.clone(),
            rank: defined.rank,
            definition: defined.clone(),
            runs: 0,
            last_run_at: None,
            earlier_run_at: None,
            last_run: None,
            complete_at: None,
            version: 0,
        }
    }
}
