//! The stopwatch: how much time a ticket took, by each of its clocks, at any instant, and why.
//!
//! A [`Course`] keeps what of a ticket's stream moves the clocks; everything else is computed from
//! it, for an instant, with the calendars of its terms:
//! [`Course::at`] reads the clocks, [`Course::intervals`] explains a reading second by second,
//! [`Course::timers`] says when which threshold is crossed.
//!
//! Rules, by number:
//! - **S1** The reaction clock runs from the opening to the first start of work. Without one it ends
//!   at a resolution; or, with no outcome, when the ticket is cancelled or merged. It never restarts.
//! - **S2** The work clock runs while somebody holds the ticket, whoever it is.
//! - **S3** The deadline clock runs from the opening to the last resolution; the gap between a
//!   resolution and a reopening counts once the ticket is reopened. Cancelled or merged: no outcome.
//! - **S4** A threshold is crossed, and a limit breached, when more than that is used; compared in
//!   whole seconds, never in percent; never before the event that made it true.
//! - **S5** Events count in the order of their stream; one with an earlier stamp than the one before
//!   counts as if it had that stamp. What says better what a ticket is about, or how pressing, moves
//!   nothing, not even that. A stamp counts as the second it falls in, and is known from its own
//!   instant on.
//! - **S8** Other terms judge by the policy they bring. Restated: everything from the opening.
//!   Carried over, restarted: what is not finished, from the change on; a ticket that is resolved
//!   then, from its reopening on. No terms any more: nothing is judged.
//! - **S10** The intervals of a clock tile the time from the opening to its end, or to the instant
//!   that was asked for; the seconds they count sum up to what is used.
//! - **S11** A cycle begins at the opening, at a reopening and at a change of terms. In each cycle,
//!   each threshold of a clock that is then judged anew is crossed at most once.
//! - **S12** A reading looks at events that had happened at its instant and at terms then in force.
//!
//! Not here: when a calendar is open ([`Hours`](super::Hours)), what was recorded (`ticket_clock`).
//! Called by projections, by the ticker and by reports.

mod account;
mod calendars;
mod course;
mod intervals;
mod mark;
mod reading;
mod supposed;
mod tally;
#[cfg(test)]
mod tests;
mod timers;

pub use calendars::{Calendars, UnknownCalendar, WorkingTime};
pub use course::Course;
pub use intervals::{Excluded, Interval};
pub use mark::{Cause, Mark, MarkKind, What};
pub use reading::{ClockReading, ClockState, Readings, ThresholdReading};
pub use supposed::{PrioritySince, SUPPOSED_VERSION, Supposed};
pub use timers::{BREACH, Timer};
