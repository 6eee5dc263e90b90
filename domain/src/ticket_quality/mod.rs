//! How good the work on a ticket was: what whoever asked for it says, and what a check of a sample
//! finds. One stream a ticket, with the ticket's identity.
//!
//! ```text
//!   (nothing) ─ sample ─▶ asked, drawn, both or neither
//!                         asked ── rate ──▶ rated ◀┐   drawn ── check ──▶ checked ◀┐
//!                                           └ rate ┘                      └ check ─┘
//! ```
//!
//! Rules, by number:
//! - **J1** It is that of a ticket that exists.
//! - **J2** Annals itself draws samples, of tickets that are closed and not merged, each ticket once
//!   at most for each purpose; the days to answer begin with the closing. Which one is drawn follows from the ticket's identity and the rate alone ([`sampling`]).
//! - **J3** While the survey is open the requester or the author rates, 1 to 5, and may do so anew.
//!   The comment is sealed under the rater's key.
//! - **J4** A drawn ticket is checked against the checklist in force: each question is answered
//!   once, 0 to 100 percent. The score is the mean by weight, rounded half up. It may be checked anew.
//! - **J5** Nobody judges what they resolved themselves.
//!
//! Not here: how often samples are drawn, and the checklist (settings); who hears of it (notices).
//! Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod sampling;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::TicketQualityCommand;
pub use event::TicketQualityEvent;
pub use refusal::TicketQualityRefusal;
pub use state::TicketQuality;
