//! What the list of items can be asked for.

use chrono::{DateTime, Utc};
use domain::cmdb::{Attribute, Datum, Kind};
use domain::kernel::CiClassId;
use serde::Serialize;
use uuid::Uuid;

/// A condition on items. Two-valued: what is absent differs from every value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum CiFilter {
    /// All of them; an empty list lets every item pass.
    And(Vec<CiFilter>),
    /// Any of them; an empty list lets none pass.
    Or(Vec<CiFilter>),
    /// Not this.
    Not(Box<CiFilter>),
    /// Of one of these classes, to the letter: whoever asks adds those that inherit.
    Class(Vec<CiClassId>),
    /// A field compared.
    Is(CiField, Compare),
}

/// What can be compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the row")]
pub enum CiField {
    Id,
    Name,
    Status,
    Life,
    OrganizationId,
    RegisteredAt,
    ChangedAt,
    /// By its name.
    Attribute(String, Sort),
}

/// How an attribute's values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Sort {
    /// By their letters.
    Text,
    /// By their size.
    Number,
    /// Alike or not.
    Alike,
    /// Several: one of them is alike, or none.
    Several,
}

/// How.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Compare {
    In(Vec<Operand>),
    Gt(Operand),
    Gte(Operand),
    Lt(Operand),
    Lte(Operand),
    /// Begins with these letters.
    Prefix(String),
    IsNull(bool),
}

/// With what.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Operand {
    /// In the form of its attribute; of columns a text.
    Value(Datum),
    Id(Uuid),
    Time(DateTime<Utc>),
}

impl CiFilter {
    /// What all of its items have to pass.
    pub(super) fn parts(&self) -> &[CiFilter] {
        match self {
            Self::And(parts) => parts,
            Self::Or(_) | Self::Not(_) | Self::Class(_) | Self::Is(..) => {
                std::slice::from_ref(self)
            }
        }
    }
}

impl Sort {
    /// How the values of an attribute are compared.
    pub fn of(attribute: &Attribute) -> Self {
        match attribute.kind {
            _ if attribute.list => Self::Several,
            Kind::Integer | Kind::Decimal => Self::Number,
            Kind::Text | Kind::Date | Kind::Enum | Kind::Ip | Kind::Mac => Self::Text,
            Kind::Boolean | Kind::Reference | Kind::Redundancy => Self::Alike,
        }
    }
}
