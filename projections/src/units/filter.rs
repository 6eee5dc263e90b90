//! What the list of units can be asked for, on its way into SQL. Values are always parameters.

use domain::kernel::UnitId;
use domain::unit::UnitKind;
use sqlx::{Postgres, QueryBuilder};

use crate::read::{containing, storable};
use crate::rows::line;

/// Which units: those to which all of it applies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitFilter {
    /// A part of the name, whatever its case.
    pub search: Option<String>,
    /// Of this sort.
    pub kind: Option<UnitKind>,
    /// In this department.
    pub parent: Option<UnitId>,
    /// Closed ones, or open ones.
    pub closed: Option<bool>,
}

impl UnitFilter {
    /// Whether anything could be found: what Postgres cannot hold, no unit has.
    pub(super) fn is_storable(&self) -> bool {
        self.search.as_deref().is_none_or(storable)
    }

    /// Adds the conditions, each with a leading `and`.
    pub(super) fn push(&self, sql: &mut QueryBuilder<'static, Postgres>) {
        if let Some(search) = &self.search {
            sql.push(" and u.searched like ").push_bind(containing(&line(search)));
        }
        if let Some(kind) = self.kind {
            sql.push(" and u.kind = ").push_bind(kind.to_string());
        }
        if let Some(parent) = self.parent {
            sql.push(" and u.parent_id = ").push_bind(parent.0);
        }
        if let Some(closed) = self.closed {
            sql.push(" and u.closed = ").push_bind(closed);
        }
    }
}
