//! A hold on evidence: what an investigation needs is not erased while it stands. One stream a hold.
//!
//! ```text
//!   (none) ── place ──▶ in force ── lift ──▶ lifted
//!                          └── its end comes ──▶ over
//! ```
//!
//! Rules, by number:
//! - **EH1** A hold is placed once, on a person or on a ticket, with a reason, and if need be until an
//!   instant within ten years. On a ticket it protects the words of everybody who wrote in it.
//! - **EH2** It comes too late for a person whose erasure has begun.
//! - **EH3** It is lifted with a reason, and never by whom it is on: all accounts of a human are one. Lifted
//!   twice changes nothing; when its end has come there is nothing to lift.
//! - **EH4** Reasons are sealed under the deployment's key: they outlive whoever is erased, and whoever says
//!   them.
//!
//! Not here: what a hold prevents (`erasure`), and which tickets hold words of whom, which the gateway asks
//! the journal. Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::EvidenceHoldCommand;
pub use event::{EvidenceHoldEvent, HeldObject};
pub use refusal::EvidenceHoldRefusal;
pub use state::EvidenceHold;
