//! Service level plans: how long things may take, and what becomes of those that take longer.

mod clocks;
mod input;
mod mutation;
mod query;
mod types;
pub(super) mod words;

pub(super) use clocks::SlaPlanClockInput;
pub(super) use input::{SlaPlanTargetsInput, definition};
pub(super) use mutation::SlaPlanMutation;
pub(super) use query::SlaPlanQuery;
pub(super) use types::SlaPlan;
pub(super) use words::{ChangePolicy, ClockKind};
