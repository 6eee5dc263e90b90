//! What is done beyond a threshold.

use serde::{Deserialize, Serialize};

use crate::kernel::UnitId;
use crate::kernel::words::words;

words! {
    /// Who is told.
    Whom {
        /// Whoever holds the ticket.
        Holder,
        /// The people it is for.
        Assignees,
        /// The heads of its unit.
        Heads,
        /// Everybody of its unit.
        Unit,
    }
}

/// One thing that is done to a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EscalationAction {
    /// One step more pressing.
    RaisePriority,
    /// Gives it to a unit as a whole.
    AssignToUnit {
        /// Which.
        unit: UnitId,
    },
    /// Lifts it one tier.
    EscalateTier,
    /// Tells somebody.
    Notify {
        /// Whom.
        whom: Whom,
    },
    /// Puts it under a word.
    Tag {
        /// Which.
        tag: String,
    },
}

impl EscalationAction {
    /// The unit it names, if it does.
    pub fn unit(&self) -> Option<UnitId> {
        match self {
            Self::AssignToUnit { unit } => Some(*unit),
            Self::RaisePriority | Self::EscalateTier | Self::Notify { .. } | Self::Tag { .. } => {
                None
            }
        }
    }
}
