//! A compliance report that was made: not its text, but the hash of it, so that no copy of it can be
//! changed unseen. One stream each.
//!
//! ```text
//!   (none) ── generate ──▶ made
//! ```
//!
//! - **CR1** A report is made once; another one is another stream.
//! - **CR2** It is about a period that begins before it ends, as of a position that the log had.
//! - **CR3** What is kept is what was asked and the SHA-256 of its text, in lower-case hex.
//! - **CR4** A sample is drawn by a seed, as many as auditors ask for.
//!
//! Not here: what stands in it (the read side counts that, and anybody can count again). Called by the
//! gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;
pub mod words;

pub use command::ComplianceReportCommand;
pub use event::ComplianceReportEvent;
pub use refusal::ComplianceReportRefusal;
pub use state::ComplianceReport;
pub use words::{Draw, Question};
