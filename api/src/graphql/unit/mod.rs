//! Units: departments, support units and customer organisations.

mod filter;
mod input;
mod mutation;
mod query;
mod types;

pub(super) use mutation::UnitMutation;
pub(super) use query::UnitQuery;
pub(super) use types::{Unit, UnitKind};
