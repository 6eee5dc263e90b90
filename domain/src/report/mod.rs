//! Reports: what became of tickets, counted from their events.
//!
//! A [`Case`] keeps what of a ticket's stream reports ask for; the SLA report ([`sla`]) and the key
//! figures ([`kpi`]) are folds over cases. The same fold answers the API, from cases that a read model
//! keeps, and an auditor, from cases folded out of the log.
//!
//! Rules, by number. A period is half open, `[from, to)`; everything is as it was at an instant `at`;
//! staff of a unit are those who belong to it at that instant.
//! - **N1** Created: opened in the period, reported by staff of the unit.
//! - **N2** Incoming: opened in the period for the unit as a whole, or for people of its staff.
//! - **N3** Completed: solved, for the last time in the period, by staff of the unit. What Annals
//!   itself solved, with a parent or with the last task, counts for the unit that had it.
//! - **N4** Not completed: open, the unit's to do, and last changed in the period. Without a unit it is
//!   to do for those of the people it is given to.
//! - **N5** A clock is kept if no more is used than its limit; of an open ticket: so far. Without a plan,
//!   or with a limit of 0, it counts neither way.
//! - **N6** What was merged away is in no part, what was cancelled in none with clocks.
//! - **N7** A key figure belongs to the unit that had the ticket when it happened, to the person who
//!   did it, and to the month, in UTC, in which it happened.
//! - **N8** The time to resolve is what the deadline clock used, in its hours; without a plan, by the
//!   wall clock.
//!
//! Not here: when a clock counts (the stopwatch), where cases are kept (projections), who may see which
//! figure (the API).

pub mod case;
pub mod cell;
pub mod kpi;
mod line;
mod score;
pub mod sheet;
pub mod sla;
#[cfg(test)]
mod tests;

pub use case::{About, Case, Hold, Noted, Opening, Outcome, Target, in_force};
pub use kpi::{AGES, Group, Grouping, KeyFigures, KpiQuestion, KpiTable};
pub use line::Line;
pub use score::{Score, Success, kept, permille};
pub use sla::{Part, Question, Report};
