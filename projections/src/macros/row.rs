//! The row, and how an event changes it.

use domain::kernel::{MacroId, UnitId};
use domain::macros::{MacroEvent, MacroStep};
use journal::StreamEvent;
use serde::{Deserialize, Serialize};

/// A macro.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MacroRow {
    /// Its stream.
    pub macro_id: MacroId,
    /// Unique, whatever its case.
    pub name: String,
    /// The unit whose staff use it; none: all staff.
    pub unit_id: Option<UnitId>,
    /// What it does, in order.
    pub steps: Vec<MacroStep>,
    /// Whether it is not applied any more.
    pub retired: bool,
    /// The number of its events.
    pub version: i64,
}

impl MacroRow {
    /// The row after an event; none as long as the macro was not defined.
    pub fn fold(
        row: Option<Self>,
        event: &StreamEvent,
        macro_event: &MacroEvent,
        id: MacroId,
    ) -> Option<Self> {
        let row = match (row, macro_event) {
            (None, MacroEvent::Defined(e)) => Some(Self {
                macro_id: id,
                name: e.name.clone(),
                unit_id: e.unit,
                steps: e.steps.clone(),
                retired: false,
                version: 0,
            }),
            (Some(row), MacroEvent::Redefined(e)) => {
                Some(Self { name: e.name.clone(), unit_id: e.unit, steps: e.steps.clone(), ..row })
            }
            (Some(row), MacroEvent::Retired(_)) => Some(Self { retired: true, ..row }),
            (row, MacroEvent::Defined(_) | MacroEvent::Redefined(_) | MacroEvent::Retired(_)) => {
                row
            }
        };
        row.map(|row| Self { version: event.sequence, ..row })
    }
}
