//! A recurrence: a ticket that is opened again and again, by a rule; one stream each.
//!
//! ```text
//!   (none) ── define ──▶ running ── stop ──▶ stopped
//!                        ▲  │ define, open,    │
//!                        │  │ pass over        │
//!                        └──┴───── define ─────┘
//! ```
//!
//! Rules, by number:
//! - **G1** A recurrence has a unique name and a template that is not retired; unit, subject and
//!   priority may be others than the template's. It is defined as a whole, by those who then answer
//!   for it; whoever defined it first is the requester, unless another is named.
//! - **G2** Its rule is one of RFC 5545 about days: daily, weekly, monthly or yearly, from a date on
//!   and perhaps until one; the time of day is that of the clocks of its zone. Of an hour that is
//!   there twice the first counts; in one that is skipped the first instant behind it.
//! - **G3** With a calendar, a day that is shut is left out, or the next or the previous open day
//!   within 31 days takes its place. Occurrences that fall on the same instant are one.
//! - **G4** Each occurrence is opened once, or passed over with why; in their order. A definition
//!   looks ahead: what was due before it is not opened by it.
//! - **G5** Only Annals itself opens and passes over.
//!
//! Not here: when to look, and what to do about missed occurrences (the planner works by
//! [`Missed`]); the ticket's own rules. Called by the gateway alone; [`Schedule`] also by previews.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod rule;
pub mod schedule;
pub mod state;
#[cfg(test)]
mod tests;
pub mod words;

pub use command::RecurrenceCommand;
pub use event::{Definition, RecurrenceEvent};
pub use refusal::RecurrenceRefusal;
pub use rule::{Rule, RuleDraft};
pub use schedule::Schedule;
pub use state::Recurrence;
pub use words::{ClosedDay, Missed, Why};
