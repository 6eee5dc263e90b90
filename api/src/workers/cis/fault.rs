//! What is wrong with a row: a code, a sentence, and the field at fault.

use domain::cmdb::ValueFault;
use domain::kernel::{CiId, Refused};

use super::row::{ATTRIBUTES_MAX, NESTED_MAX, PARTS_MAX};
use crate::workers::packed::LINE_MAX;

/// Refusals of what is there, rather than of what is said.
const CONFLICTS: [&str; 3] = ["CI_CLASS_RELATION_TAKEN", "CI_OVER_CARDINALITY", "CI_NOT_ACTIVE"];

/// A typed refusal: the variant is the code, as the report says it.
#[derive(Debug, Clone, PartialEq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Fault {
    #[error("the line has more than {LINE_MAX} bytes")]
    LineTooLong,
    #[error("it is not UTF-8")]
    NotUtf8,
    #[error("it is no JSON: {0}")]
    NotJson(String),
    #[error("it is neither an item, nor a relation, nor a class: {0}")]
    Shape(String),
    #[error("it has {found} fields, the header has {wanted}")]
    FieldCount { found: usize, wanted: usize },
    #[error("it has more than {ATTRIBUTES_MAX} attributes")]
    TooManyAttributes,
    #[error("a key has 1 to {PARTS_MAX} parts, and keys stand in keys {NESTED_MAX} deep at most")]
    KeyUnfit,
    #[error("it is said twice")]
    SaidTwice { field: String },
    #[error("there is no class {0:?}")]
    ClassUnknown(String),
    #[error("{0} has no items of its own: name a class that inherits it")]
    ClassAbstract(String),
    #[error("{class} has no attribute {field:?}")]
    AttributeUnknown { class: String, field: String },
    #[error("it {fault}")]
    ValueUnfit { field: String, fault: ValueFault },
    #[error("it is no value: {why}")]
    NoValue { field: String, why: &'static str },
    #[error("the key of {class} is {wanted}; {field:?} is not part of it")]
    KeyPartUnknown { class: String, wanted: String, field: String },
    #[error("the key of {class} needs {field:?}")]
    KeyPartMissing { class: String, field: String },
    #[error("there is no {what}")]
    NotThere { field: String, what: String },
    #[error("{what} can be several items: name its class and key")]
    Ambiguous { field: String, what: String },
    #[error("the same key is another item's: {called}{}", told(*queued))]
    SecondMatch {
        field: Option<String>,
        one: Option<CiId>,
        other: CiId,
        called: String,
        queued: bool,
    },
    #[error("the source makes no new items")]
    MakesNone,
    #[error("the source changes no items")]
    ChangesNone,
    #[error("somebody else changes it at the same time; try again")]
    Busy,
    #[error("{0}")]
    NotPermitted(&'static str),
    #[error("a warning, which --strict takes for a fault: {0}")]
    Strict(String),
    #[error("{}", .0.message)]
    Refused(Box<Refused>),
}

impl Fault {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Refused(refused) => refused.code,
            other => other.into(),
        }
    }

    /// The attribute, relation or part of a key at fault.
    pub(super) fn field(&self) -> Option<&str> {
        match self {
            Self::SaidTwice { field }
            | Self::AttributeUnknown { field, .. }
            | Self::ValueUnfit { field, .. }
            | Self::NoValue { field, .. }
            | Self::KeyPartUnknown { field, .. }
            | Self::KeyPartMissing { field, .. }
            | Self::NotThere { field, .. }
            | Self::Ambiguous { field, .. } => Some(field),
            Self::SecondMatch { field, .. } => field.as_deref(),
            Self::ClassUnknown(_) | Self::ClassAbstract(_) => Some("class"),
            Self::Refused(refused) => {
                let named = ["attribute", "relation"].map(|what| refused.meta.get(what));
                let named = named.into_iter().flatten().find_map(serde_json::Value::as_str);
                named.or(refused.field)
            }
            Self::LineTooLong
            | Self::NotUtf8
            | Self::NotJson(_)
            | Self::Shape(_)
            | Self::FieldCount { .. }
            | Self::TooManyAttributes
            | Self::KeyUnfit
            | Self::MakesNone
            | Self::ChangesNone
            | Self::Busy
            | Self::NotPermitted(_)
            | Self::Strict(_) => None,
        }
    }

    /// The row means one item, or a new one, and another has its key.
    pub(super) fn second((one, other): (Option<CiId>, CiId), field: Option<String>) -> Self {
        Self::SecondMatch { field, one, other, called: other.to_string(), queued: false }
    }

    /// The two items that the row matched, if it is not only about a new one.
    pub(super) fn pair(&self) -> Option<(CiId, CiId)> {
        match self {
            Self::SecondMatch { one, other, .. } => one.map(|one| (one, *other)),
            _ => None,
        }
    }

    /// The same of two items that stand among the possible duplicates now.
    #[must_use]
    pub(super) fn queued(mut self) -> Self {
        if let Self::SecondMatch { queued, .. } = &mut self {
            *queued = true;
        }
        self
    }

    /// The same of a row about this item.
    #[must_use]
    pub(super) fn about(mut self, id: CiId) -> Self {
        if let Self::SecondMatch { one, .. } = &mut self {
            one.get_or_insert(id);
        }
        self
    }

    /// Whether the row is at odds with what is there, rather than wrong in itself.
    pub(super) fn is_conflict(&self) -> bool {
        match self {
            Self::SecondMatch { .. }
            | Self::MakesNone
            | Self::ChangesNone
            | Self::Ambiguous { .. }
            | Self::Busy => true,
            Self::Refused(refused) => CONFLICTS.contains(&refused.code),
            _ => false,
        }
    }
}

fn told(queued: bool) -> &'static str {
    match queued {
        true => "; the two stand among the possible duplicates",
        false => "",
    }
}
