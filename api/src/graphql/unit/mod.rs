//! Units: departments, support units and customer organisations.

mod query;
mod types;

pub(super) use query::UnitQuery;
pub(super) use types::Unit;
