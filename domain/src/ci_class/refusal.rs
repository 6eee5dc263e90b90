//! The class's business "no".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::decide::{ATTRIBUTES_MAX, CHOICES_MAX, GENERATIONS_MAX, RELATIONS_MAX, RULES_MAX};
use crate::cmdb::ValueFault;
use crate::kernel::text::TextFault;
use crate::kernel::{CiClassId, Refusal};

/// Why a command on a class is refused. The variant's name is the code: `CI_CLASS_NAME_UNFIT`. Each
/// says where it is wrong.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "CI_CLASS_", serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the fields say where: which attribute, relation, class")]
pub enum CiClassRefusal {
    /// K1
    #[error("name {0}")]
    NameUnfit(TextFault),
    /// K1
    #[error("label of {place} {fault}")]
    LabelUnfit { place: String, fault: TextFault },
    /// K2
    #[error("the parent class does not exist")]
    ParentUnknown { parent: CiClassId },
    /// K2
    #[error("a class does not inherit from itself, in no way")]
    ParentCircular { parent: CiClassId },
    /// K2
    #[error("more than {GENERATIONS_MAX} generations")]
    TooDeep,
    /// K3
    #[error("\"{0}\" is no name: snake case, a letter first, at most 63 characters")]
    WordUnfit(String),
    /// K3
    #[error("attribute or relation \"{name}\" is there twice, or inherited")]
    NameTwice { name: String },
    /// K3
    #[error("relation \"{name}\" is defined by another class")]
    RelationTaken { name: String },
    /// K3
    #[error("more than {ATTRIBUTES_MAX} attributes")]
    TooManyAttributes,
    /// K3
    #[error("more than {RELATIONS_MAX} relations")]
    TooManyRelations,
    /// K4
    #[error("\"{name}\" was defined: it is not taken away or made something else")]
    MadeOtherwise { name: String },
    /// K4
    #[error("the class was defined with another parent")]
    ParentFixed,
    /// K5
    #[error(
        "attribute \"{attribute}\" needs 1 to {CHOICES_MAX} choices, each once; others have none"
    )]
    ChoicesUnfit { attribute: String },
    /// K5
    #[error("\"{name}\" names a class that does not exist, or none where one is needed")]
    ClassUnknown { name: String },
    /// K5
    #[error("the default of \"{attribute}\" {fault}")]
    DefaultUnfit { attribute: String, fault: ValueFault },
    /// K6
    #[error(
        "\"{part}\" tells no items apart: an attribute of one value, or a relation to one item"
    )]
    IdentityUnfit { part: String },
    /// K6
    #[error("what tells its items apart was defined otherwise")]
    IdentityFixed,
    /// K6: an item has to have one.
    #[error("nothing tells items of this class apart")]
    IdentityMissing,
    /// K7
    #[error(
        "a redundancy is of 1 to {RULES_MAX} relations, needs 0 to 1000000 or 0 to 100 %, and one of a class at most is not fixed"
    )]
    RedundancyUnfit,
    /// `status` has no such choice.
    #[error("\"{0}\" is no status of this class")]
    StatusUnknown(String),
}

impl Refusal for CiClassRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        Some(match self {
            Self::NameUnfit(_) => "name",
            Self::LabelUnfit { .. } => "label",
            Self::ParentUnknown { .. }
            | Self::ParentCircular { .. }
            | Self::ParentFixed
            | Self::TooDeep => "parent",
            Self::WordUnfit(_)
            | Self::NameTwice { .. }
            | Self::TooManyAttributes
            | Self::MadeOtherwise { .. }
            | Self::ChoicesUnfit { .. }
            | Self::ClassUnknown { .. }
            | Self::DefaultUnfit { .. } => "attributes",
            Self::RelationTaken { .. } | Self::TooManyRelations => "relations",
            Self::IdentityUnfit { .. } | Self::IdentityFixed | Self::IdentityMissing => "identity",
            Self::RedundancyUnfit => "redundancy",
            Self::StatusUnknown(_) => "outOfService",
        })
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::LabelUnfit { place: name, .. }
            | Self::NameTwice { name }
            | Self::RelationTaken { name }
            | Self::MadeOtherwise { name }
            | Self::ClassUnknown { name }
            | Self::ChoicesUnfit { attribute: name }
            | Self::DefaultUnfit { attribute: name, .. }
            | Self::IdentityUnfit { part: name }
            | Self::WordUnfit(name)
            | Self::StatusUnknown(name) => BTreeMap::from([("name", json!(name))]),
            Self::ParentUnknown { parent } | Self::ParentCircular { parent } => {
                BTreeMap::from([("classId", json!(parent))])
            }
            Self::NameUnfit(_)
            | Self::TooDeep
            | Self::TooManyAttributes
            | Self::TooManyRelations
            | Self::ParentFixed
            | Self::IdentityFixed
            | Self::IdentityMissing
            | Self::RedundancyUnfit => BTreeMap::new(),
        }
    }
}
