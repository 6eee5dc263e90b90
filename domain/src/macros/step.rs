//! What a macro does: verbs of a ticket, of its conversation and of its dossier.

use serde::{Deserialize, Serialize};

use crate::kernel::UnitId;
use crate::ticket::{PendingReason, Priority};

/// One thing a macro does to a ticket, by the rights of whoever applies it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MacroStep {
    /// Takes the hold.
    StartWork,
    /// Gives the hold up.
    StopWork,
    /// Gives it to a unit as a whole; none: back to dispatch.
    Assign {
        /// Which.
        unit: Option<UnitId>,
    },
    /// Sets its priority.
    Prioritize {
        /// Which.
        priority: Priority,
    },
    /// Lets it wait.
    Pend {
        /// For what.
        pending_reason: PendingReason,
    },
    /// Ends the waiting.
    Resume,
    /// Says how it was solved.
    Resolve {
        /// In a word.
        code: String,
        /// In words written once for many.
        solution: String,
    },
    /// Says something to everybody who sees it.
    Reply {
        /// What.
        body: String,
    },
    /// Says something among staff.
    Note {
        /// What.
        body: String,
    },
    /// Puts it under a word.
    Tag {
        /// Which.
        tag: String,
    },
    /// Takes it from under a word.
    Untag {
        /// Which.
        tag: String,
    },
}

impl MacroStep {
    /// The unit it names, if it does.
    pub fn unit(&self) -> Option<UnitId> {
        match self {
            Self::Assign { unit } => *unit,
            Self::StartWork
            | Self::StopWork
            | Self::Prioritize { .. }
            | Self::Pend { .. }
            | Self::Resume
            | Self::Resolve { .. }
            | Self::Reply { .. }
            | Self::Note { .. }
            | Self::Tag { .. }
            | Self::Untag { .. } => None,
        }
    }
}
