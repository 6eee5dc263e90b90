//! The item's business "no".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::decide::{PAIRS_MAX, RELATIONS_MAX};
use crate::cmdb::ValueFault;
use crate::kernel::text::TextFault;
use crate::kernel::{CiClassId, CiId, Refusal};

/// Why a command on an item is refused. The variant's name is the code: `CI_CLASS_UNKNOWN`. Each says
/// where it is wrong.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "CI_", serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the fields say where: which attribute, relation, item")]
pub enum CiRefusal {
    /// M1
    #[error("there is no such item")]
    Unknown,
    /// M1
    #[error("the item is registered already")]
    Registered,
    /// M1
    #[error("there is no such class")]
    OfNoClass { class: CiClassId },
    /// M1
    #[error("class {class} has no items of its own")]
    OfAbstractClass { class: String },
    /// M1
    #[error("{class} has no attribute \"{attribute}\"")]
    AttributeUnknown { class: String, attribute: String },
    /// M1
    #[error("attribute \"{attribute}\" {fault}")]
    ValueUnfit { attribute: String, fault: ValueFault },
    /// M1
    #[error("attribute \"{attribute}\" is required")]
    AttributeMissing { attribute: String },
    /// M1
    #[error("{class} has no relation \"{relation}\"")]
    RelationUnknown { class: String, relation: String },
    /// M3
    #[error("the source's name {0}")]
    SourceUnfit(TextFault),
    /// M5
    #[error("attribute \"{attribute}\" names no active item of its class")]
    ReferenceUnfit { attribute: String, item: CiId },
    /// M5
    #[error(
        "relation \"{relation}\" does not go to this item: it is not active, or of another class"
    )]
    TargetUnfit { relation: String, item: CiId },
    /// M5
    #[error("relation \"{relation}\" goes to one item, and there is one")]
    OverCardinality { relation: String, item: CiId },
    /// M5
    #[error("more than {RELATIONS_MAX} relations")]
    TooManyRelations,
    /// M5
    #[error("there is no such relation")]
    NotRelated { relation: String, item: CiId },
    /// M6
    #[error("the item is not active any more")]
    NotActive,
    /// M6
    #[error("an item is merged into another one that is active, and of a class of its family")]
    MergeUnfit { item: CiId },
    /// M8
    #[error("an item is compared with another one that is active")]
    PairUnfit { item: CiId },
    /// M8
    #[error("an item is told apart from {PAIRS_MAX} others at most")]
    TooManyPairs,
}

impl Refusal for CiRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::Unknown | Self::NotActive | Self::Registered => None,
            Self::OfNoClass { .. } | Self::OfAbstractClass { .. } => Some("class"),
            Self::AttributeUnknown { .. }
            | Self::ValueUnfit { .. }
            | Self::AttributeMissing { .. }
            | Self::ReferenceUnfit { .. } => Some("attributes"),
            Self::RelationUnknown { .. }
            | Self::OverCardinality { .. }
            | Self::TooManyRelations => Some("relation"),
            Self::TargetUnfit { .. } | Self::NotRelated { .. } => Some("to"),
            Self::SourceUnfit(_) => Some("source"),
            Self::MergeUnfit { .. } => Some("into"),
            Self::PairUnfit { .. } | Self::TooManyPairs => Some("other"),
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::Unknown
            | Self::Registered
            | Self::NotActive
            | Self::SourceUnfit(_)
            | Self::TooManyRelations
            | Self::TooManyPairs => BTreeMap::new(),
            Self::OfNoClass { class } => BTreeMap::from([("classId", json!(class))]),
            Self::OfAbstractClass { class } => BTreeMap::from([("class", json!(class))]),
            Self::AttributeUnknown { class, attribute } => {
                BTreeMap::from([("class", json!(class)), ("attribute", json!(attribute))])
            }
            Self::ValueUnfit { attribute, .. } | Self::AttributeMissing { attribute } => {
                BTreeMap::from([("attribute", json!(attribute))])
            }
            Self::RelationUnknown { class, relation } => {
                BTreeMap::from([("class", json!(class)), ("relation", json!(relation))])
            }
            Self::ReferenceUnfit { attribute, item } => {
                BTreeMap::from([("attribute", json!(attribute)), ("ciId", json!(item))])
            }
            Self::TargetUnfit { relation, item }
            | Self::OverCardinality { relation, item }
            | Self::NotRelated { relation, item } => {
                BTreeMap::from([("relation", json!(relation)), ("ciId", json!(item))])
            }
            Self::MergeUnfit { item } | Self::PairUnfit { item } => {
                BTreeMap::from([("ciId", json!(item))])
            }
        }
    }
}
