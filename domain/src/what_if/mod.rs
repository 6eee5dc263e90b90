//! What if: the verdicts of tickets under other terms, beside the real ones.
//!
//! For each ticket and clock, what the real terms say at an instant and what the supposed ones would
//! have said at the same instant, of the same events. A clock without a target, or without a plan,
//! is not measured. Nothing is written, and nobody's rights are asked here.
//!
//! - **V1** It looks at tickets that were opened in a period, of some units and of one priority if
//!   these are named, as they stand at the instant; not at those that are cancelled or merged by
//!   then, which have no outcome (S3).
//! - **V2** Newly breached is what would be beyond its limit and really is not, measured or not; newly
//!   met is what really is beyond its limit and would not be. Anything else is unchanged.
//! - **V3** Seconds are compared where both measure.
//!
//! Called by the API and by the replay tools, over cases folded from the log.

mod compare;
mod question;
#[cfg(test)]
mod tests;
mod totals;
mod wish;

pub use compare::{Compared, Difference, Verdict};
pub use question::Question;
pub use totals::{ClockTotals, Totals};
pub use wish::{NEW_CALENDAR, Supposition, Unfit, Wish};
