//! One way to find tickets, served by an index of its own.

use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

/// One way to have to do with a ticket; an index serves each of them by itself.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Arm {
    /// The column is one of these.
    Among(&'static str, Vec<Uuid>),
    /// It is given to one of these.
    Assigned(Vec<Uuid>),
    /// This person watches it.
    Watched(Uuid),
    /// It waits in dispatch.
    Unplaced,
}

impl Arm {
    /// Adds the condition on the ticket `t`.
    pub(super) fn push(&self, sql: &mut QueryBuilder<'static, Postgres>) {
        match self {
            Self::Among(column, ids) => {
                sql.push(*column).push(" = any(").push_bind(ids.clone()).push(")");
            }
            Self::Assigned(people) => {
                sql.push("t.assignee_ids && ").push_bind(people.clone());
            }
            Self::Watched(me) => {
                // An array of its own, so that the key's index can serve.
                sql.push("t.ticket_id = any(array(select w.ticket_id from watchers w");
                sql.push(" where w.watcher_ids @> array[").push_bind(*me).push("]))");
            }
            Self::Unplaced => {
                sql.push("(t.unit_id is null and t.assignee_ids = '{}')");
            }
        }
    }

    /// Adds the condition as one of several: a single value is compared as such.
    pub(super) fn push_beside(&self, sql: &mut QueryBuilder<'static, Postgres>) {
        match self {
            Self::Among(column, ids) if ids.len() == 1 => {
                sql.push(*column).push(" = ").push_bind(ids[0]);
            }
            Self::Among(..) | Self::Assigned(_) | Self::Watched(_) | Self::Unplaced => {
                self.push(sql)
            }
        }
    }

    /// Whether its own index also tells who has to do something from who has not.
    pub(super) fn knows_open(&self) -> bool {
        matches!(self, Self::Among("t.author_id", _))
    }

    /// Adds the order of the arm's own index, so that it is what serves: a reading of the whole table
    /// finds the first ones sooner only where they stand at its beginning.
    pub(super) fn push_order(&self, sql: &mut QueryBuilder<'static, Postgres>) {
        if let Self::Among(column, _) = self {
            sql.push(" order by ").push(*column);
        }
    }
}
