//! When: today, or after an event of the past.

use serde::Serialize;
use sqlx::{Postgres, QueryBuilder};

type Sql = QueryBuilder<'static, Postgres>;

/// Begins the items there are.
const ITEMS: &str = "cis c where c.until_seq is null";
/// Those of the past stand in two lists, each in the order of its indexes.
const STILL: &str = "(select s.* from cis s where s.until_seq is null and s.since_seq <= ";
const NO_MORE: &str = " union all select s.* from cis s where s.until_seq > ";

/// When.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
pub enum At {
    /// As far as the read side is.
    #[default]
    Now,
    /// After the event of the log with this number.
    After(i64),
}

impl At {
    /// Adds the items `c` of that time, as a list whose condition goes on with ` and `.
    pub(super) fn push_items(self, sql: &mut Sql) {
        match self {
            Self::Now => {
                sql.push(ITEMS);
            }
            Self::After(position) => {
                sql.push(STILL).push_bind(position);
                sql.push(NO_MORE).push_bind(position);
                sql.push(" and s.since_seq <= ").push_bind(position);
                sql.push(") c where true");
            }
        }
    }

    /// Adds the condition that a row of this name is of that time.
    pub(super) fn push_is(self, sql: &mut Sql, row: &'static str) {
        match self {
            Self::Now => {
                sql.push(row).push(".until_seq is null");
            }
            Self::After(position) => {
                sql.push("(").push(row).push(".since_seq <= ").push_bind(position);
                sql.push(" and (").push(row).push(".until_seq is null or ").push(row);
                sql.push(".until_seq > ").push_bind(position).push("))");
            }
        }
    }
}

impl From<Option<i64>> for At {
    fn from(position: Option<i64>) -> Self {
        position.map_or(Self::Now, Self::After)
    }
}
