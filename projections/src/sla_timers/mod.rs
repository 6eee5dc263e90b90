//! `sla_timers`: one row a ticket that ever had a plan, or a deadline set by hand; which thresholds of
//! its clocks were recorded as crossed, of what its watchers were reminded, and when the next of all
//! this is.
//!
//! A row hangs on two streams, the ticket's and that of its clocks, which have one identity; from
//! the two it is computed anew each time. So one of them cannot wait while the other goes on: an
//! event that cannot be applied halts the view, and what is due meanwhile is recorded late, never
//! wrongly. Not here: the recording, which is the ticker's, and what clocks show (`tickets`). Read
//! by the ticker and the API; its fold alone by imports.

mod alarm;
mod apply;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use alarm::Alarm;
pub use apply::SlaTimers;
pub use read::{due, due_count, due_here, next_after, recorded};
pub use row::{Crossing, TimersRow};
