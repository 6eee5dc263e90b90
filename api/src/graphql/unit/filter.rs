//! What the list of units can be asked for.

use async_graphql::{ID, InputObject};
use projections::units::UnitFilter;

use super::UnitKind;
use crate::graphql::compare::{EqualWhere, equal, equal_id};
use crate::graphql::id::BadId;

/// Which units: those to which all of it applies.
#[derive(Debug, Default, InputObject)]
pub(super) struct UnitWhere {
    /// What sort.
    kind: Option<EqualWhere<UnitKind>>,
    /// The department they stand in.
    parent_id: Option<EqualWhere<ID>>,
    /// Closed ones; open ones when nothing is said.
    closed: Option<EqualWhere<bool>>,
}

impl UnitWhere {
    /// # Errors
    /// The id is not one of a unit.
    pub(super) fn into_filter(self, search: Option<String>) -> Result<UnitFilter, BadId> {
        Ok(UnitFilter {
            search: search.filter(|search| !search.trim().is_empty()),
            kind: equal(self.kind).map(Into::into),
            parent: equal_id(self.parent_id)?,
            closed: Some(equal(self.closed).unwrap_or(false)),
        })
    }
}
