//! A baseline: a name for a moment of the log, so that everything can be read and compared as it was
//! then. It copies nothing, for the log keeps everything.
//!
//! ```text
//!   (none) ── name ──▶ there ── withdraw ──▶ withdrawn
//!                      ▲   │ rename
//!                      └───┘
//! ```
//!
//! - **O1** A baseline is named once, under a name that no other one has, whatever its case; a note
//!   may say what it is for.
//! - **O2** It is a moment that has been: the one at which it is named, unless an earlier one is said.
//!   It stays there for good.
//! - **O3** It may be renamed until it is withdrawn. The same name again changes nothing.
//! - **O4** Withdrawn, it stays where it is to be read, and its name is free again; twice changes
//!   nothing.
//!
//! Not here: which number of the log an instant is (the read side), what was so then (`ci`). Called by
//! the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::BaselineCommand;
pub use event::BaselineEvent;
pub use refusal::BaselineRefusal;
pub use state::Baseline;
