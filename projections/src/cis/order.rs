//! The orders of the list.

use domain::kernel::CiClassId;
use serde::Serialize;
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use super::at::At;
use super::condition::push_value;
use super::filter::Sort;
use crate::error::ReadError;
pub use crate::tickets::Direction;

type Sql = QueryBuilder<'static, Postgres>;

/// By what items are ordered. What is absent comes before all others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum CiOrder {
    /// By their names, letter by letter.
    Name,
    /// In the order of these classes; others come first.
    Class(Vec<CiClassId>),
    /// By the letters of their status.
    Status,
    /// By the names of the organisations they belong to.
    Organization,
    /// By when they were registered.
    RegisteredAt,
    /// By when their last event happened.
    ChangedAt,
    /// By the value of the attribute with this name.
    Attribute(String, Sort),
}

/// What a key is in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyType {
    Text,
    Rank,
    Time,
    Number,
}

impl CiOrder {
    /// Whether an index holds the items so.
    pub(super) fn is_indexed(&self) -> bool {
        matches!(self, Self::Name | Self::ChangedAt)
    }

    pub(super) fn key_type(&self) -> KeyType {
        match self {
            Self::Name | Self::Status | Self::Organization => KeyType::Text,
            Self::Class(_) => KeyType::Rank,
            Self::RegisteredAt | Self::ChangedAt => KeyType::Time,
            Self::Attribute(_, Sort::Number) => KeyType::Number,
            Self::Attribute(..) => KeyType::Text,
        }
    }

    /// Adds the key of the item `c`; never null.
    pub(super) fn push_key(&self, sql: &mut Sql, at: At) -> Result<(), ReadError> {
        match self {
            Self::Name => {
                sql.push("c.name");
            }
            Self::Class(classes) => {
                let classes: Vec<Uuid> = classes.iter().map(|id| id.0).collect();
                sql.push("coalesce(array_position(").push_bind(classes).push(", c.class_id), 0)");
            }
            Self::Status => {
                sql.push("coalesce(c.status, '')");
            }
            Self::Organization => {
                sql.push(
                    "coalesce((select o.name from cis o where o.ci_id = c.organization_id and ",
                );
                at.push_is(sql, "o");
                sql.push(" limit 1), '')");
            }
            Self::RegisteredAt => {
                sql.push("c.registered_at");
            }
            Self::ChangedAt => {
                sql.push("c.changed_at");
            }
            Self::Attribute(name, sort) => {
                sql.push("coalesce(");
                push_value(sql, name, *sort)?;
                sql.push(if *sort == Sort::Number { ", '-Infinity')" } else { ", '')" });
            }
        }
        Ok(())
    }
}
