//! A service level plan: how long things may take, and what becomes of those that take longer.
//!
//! - **L1** A plan is defined as a whole, with a unique name; each definition is a version of it, and
//!   its number is that of the event in the stream. The same definition again changes nothing.
//! - **L2** It names a target for each clock at each priority: 0 (none) to ten years.
//! - **L3** Each clock counts in the hours of one calendar that exists, or always; it pauses while a
//!   ticket is pending, resolved, or in neither state.
//! - **L4** A clock has up to ten thresholds, distinct, from 1 to 1,000 percent; 75 and 100 when
//!   nothing is said. Beyond 100 percent is the breach, whether it is a threshold or not.
//! - **L5** Beyond a threshold, up to ten things are done, in order. Units take tickets and are open.
//!
//! Not here: which ticket has which plan, and when terms are stamped into it (tickets). What counts
//! is the stopwatch's to say. Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
pub mod words;

pub use command::SlaPlanCommand;
pub use event::SlaPlanEvent;
pub use refusal::SlaPlanRefusal;
pub use state::SlaPlan;
pub use words::{EscalationAction, Whom};
