//! How good what is known of items is: scores by class, the lists behind them, and what settles a
//! possible duplicate; and what sources know of an item.

mod mutation;
mod query;
mod sources;
mod types;

pub(super) use mutation::HealthMutation;
pub(super) use query::HealthQuery;
pub(super) use sources::{CiSource, of_item};
pub(super) use types::CiFinding;
