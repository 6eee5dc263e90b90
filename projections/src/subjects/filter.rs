//! What the list of subjects can be asked for, on its way into SQL. Values are always parameters.

use sqlx::{Postgres, QueryBuilder};

use crate::read::{containing, storable};
use crate::rows::line;

/// Which subjects: those to which all of it applies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubjectFilter {
    /// A part of the name, whatever its case.
    pub search: Option<String>,
    /// Retired ones, or those in use.
    pub retired: Option<bool>,
}

impl SubjectFilter {
    /// Whether anything could be found: what Postgres cannot hold, no subject has.
    pub(super) fn is_storable(&self) -> bool {
        self.search.as_deref().is_none_or(storable)
    }

    /// Adds the conditions, each with a leading `and`.
    pub(super) fn push(&self, sql: &mut QueryBuilder<'static, Postgres>) {
        if let Some(search) = &self.search {
            sql.push(" and s.searched like ").push_bind(containing(&line(search)));
        }
        if let Some(retired) = self.retired {
            sql.push(" and s.retired = ").push_bind(retired);
        }
    }
}
