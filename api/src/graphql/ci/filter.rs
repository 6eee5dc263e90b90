//! `where` and `orderBy` of the list of items.

use async_graphql::{Enum, InputObject};

use super::words::CiLife;
use crate::graphql::compare::{DateTimeWhere, EqualWhere, IdWhere};
use crate::graphql::ticket::OrderDirection;

/// Which items. Everything that is said must hold; `and`, `or` and `not` go at most 4 levels deep,
/// and all together there are at most 50 comparators.
#[derive(Debug, Clone, Default, InputObject)]
pub(super) struct CiWhere {
    /// All of these hold; an empty list says nothing.
    pub(super) and: Option<Vec<CiWhere>>,
    /// At least one of these holds; an empty list says nothing.
    pub(super) or: Option<Vec<CiWhere>>,
    /// This does not hold.
    pub(super) not: Option<Box<CiWhere>>,
    /// Its class, by name; those that inherit from it are meant, too.
    pub(super) class: Option<ClassWhere>,
    /// What it is called.
    pub(super) name: Option<CiTextWhere>,
    /// Where in its use it is.
    pub(super) status: Option<CiTextWhere>,
    /// Whose it is.
    pub(super) organization_id: Option<IdWhere>,
    /// The item itself.
    pub(super) id: Option<IdWhere>,
    /// Where in its life it is.
    pub(super) life: Option<EqualWhere<CiLife>>,
    /// When it was registered.
    pub(super) registered_at: Option<DateTimeWhere>,
    /// When its last event happened.
    pub(super) changed_at: Option<DateTimeWhere>,
    /// What is said of it; all of these hold.
    pub(super) attributes: Option<Vec<CiAttributeWhere>>,
}

/// Compares a class.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ClassWhere {
    /// It is this, or inherits from it.
    pub(super) eq: Option<String>,
    /// It is one of these, or inherits from one.
    pub(super) r#in: Option<Vec<String>>,
    /// It is this itself.
    pub(super) exactly: Option<String>,
}

/// Compares a text of an item, letter by letter.
#[derive(Debug, Clone, Default, InputObject)]
pub(super) struct CiTextWhere {
    /// It is this.
    pub(super) eq: Option<String>,
    /// It is not this.
    pub(super) ne: Option<String>,
    /// It is one of these.
    pub(super) r#in: Option<Vec<String>>,
    /// It is none of these.
    pub(super) nin: Option<Vec<String>>,
    /// It comes after this.
    pub(super) gt: Option<String>,
    /// It comes after this, or is this.
    pub(super) gte: Option<String>,
    /// It comes before this.
    pub(super) lt: Option<String>,
    /// It comes before this, or is this.
    pub(super) lte: Option<String>,
    /// It begins with this.
    pub(super) prefix: Option<String>,
    /// Whether it is absent.
    pub(super) is_null: Option<bool>,
}

/// Compares an attribute. Values are written as in a table: `42`, `true`, `2026-11-22`, the id of an
/// item. Of a list, one of its values is compared.
#[derive(Debug, Clone, InputObject)]
pub(super) struct CiAttributeWhere {
    /// Which attribute.
    pub(super) name: String,
    #[graphql(flatten)]
    pub(super) compared: CiTextWhere,
}

/// By what items are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum CiOrderField {
    /// By their names.
    Name,
    /// By the names of their classes.
    Class,
    /// By their status.
    Status,
    /// By the names of the organisations they belong to.
    Organization,
    /// When they were registered.
    RegisteredAt,
    /// When their last event happened.
    ChangedAt,
}

/// One key of an order: a field or an attribute. What is absent comes first; what is equal is ordered
/// by the next key, and by id at last.
#[derive(Debug, Clone, InputObject)]
pub(super) struct CiOrder {
    /// By what.
    pub(super) field: Option<CiOrderField>,
    /// By the attribute with this name, instead.
    pub(super) attribute: Option<String>,
    /// Which way.
    #[graphql(default_with = "OrderDirection::Asc")]
    pub(super) direction: OrderDirection,
}
