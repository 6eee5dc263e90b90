//! The compliance report: who came and went, who was given what and by whose yes, which rules changed,
//! who was erased.
//!
//! A fold of the log up to a position, about a period of it; no view is asked and no key, so that the
//! same question has the same answer for everybody who holds the log, for good. Every number carries
//! the positions of the events that it was counted from. What rests on parts of the house that do not
//! exist is absent, not empty. Nothing is written here, and nothing decided; called by the API and by
//! the replay tools.
//!
//! - The period is half open and counted by the log: from behind the last event recorded
//!   before its beginning, to the last one recorded before its end, and never behind the position asked.
//! - Figures keep their numbers: section 3, number 2 is the same in every report of a format.
//! - The document is one text. Its SHA-256 is what the log keeps of it, and no byte of it can
//!   be changed unseen.
//! - A sample is drawn by a seed: those of the lowest hashes, which anybody can draw again.

mod controls;
mod document;
mod kept;
mod known;
mod page;
mod read;
mod sample;
mod sections;
#[cfg(test)]
mod tests;
mod told;

use domain::compliance_report::ComplianceReportRefusal;
use journal::JournalError;

use crate::error::ReadError;

pub use controls::CONTROLS;
pub use document::{DOCUMENT_MAX, Figure, Item, Positions, Report, Section, Unfit, Value, sha256};
pub use kept::{KEPT, kept, kept_in};
pub use page::page;
pub use read::{EVENTS_MAX, report, settled};
pub use sample::drawn;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ComplianceError {
    /// The question makes no sense.
    #[error(transparent)]
    Unfit(#[from] ComplianceReportRefusal),
    /// The position lies behind the log's end.
    #[error("the log is not that long")]
    TooShort,
    /// It is more than is folded into one report.
    #[error("more than {EVENTS_MAX} events are about access")]
    TooMuch,
    /// Nobody could read it again.
    #[error("the document would be larger than {DOCUMENT_MAX} bytes; ask about a shorter period")]
    TooLarge,
    /// The log cannot be read, or an event of it not understood.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// What rights followed from cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl From<sqlx::Error> for ComplianceError {
    fn from(error: sqlx::Error) -> Self {
        Self::Journal(error.into())
    }
}
