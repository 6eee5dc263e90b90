//! The resource type's business "no".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::decide::{VERBS_MAX, WORD_MAX};
use crate::kernel::Refusal;
use crate::kernel::text::TextFault;

/// Why a command on a resource type is refused. The variant's name is the code:
/// `RESOURCE_TYPE_VERB_UNFIT`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "RESOURCE_TYPE_", serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the field says which verb")]
pub enum ResourceTypeRefusal {
    /// RT1: no such type.
    #[error("there is no such resource type")]
    NotFound,
    /// RT1: defined already.
    #[error("the resource type exists already")]
    Exists,
    /// RT2
    #[error("a system is a word of up to {WORD_MAX} lower-case letters, digits and underscores")]
    SystemUnfit,
    /// RT2
    #[error("a type is a word of up to {WORD_MAX} lower-case letters, digits and underscores")]
    NameUnfit,
    /// RT1
    #[error("label {0}")]
    LabelUnfit(TextFault),
    /// RT3
    #[error("a type has 1 to {VERBS_MAX} verbs")]
    VerbsUnfit,
    /// RT2
    #[error("a verb is a word of up to {WORD_MAX} lower-case letters, digits and underscores")]
    VerbUnfit { verb: String },
    /// RT3
    #[error("a verb reads, does something, or approves")]
    ClassUnfit { verb: String },
    /// RT4
    #[error("a verb is not taken away")]
    VerbMissing { verb: String },
    /// RT4
    #[error("the class of a verb stays")]
    VerbMadeOtherwise { verb: String },
    /// RT5
    #[error("a program changes the types that it defined itself")]
    NotRegistrar,
    /// RT6
    #[error("the resource type is retired")]
    Retired,
}

impl Refusal for ResourceTypeRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotFound | Self::Exists | Self::NotRegistrar | Self::Retired => None,
            Self::SystemUnfit => Some("system"),
            Self::NameUnfit => Some("name"),
            Self::LabelUnfit(_) => Some("label"),
            Self::VerbsUnfit
            | Self::VerbUnfit { .. }
            | Self::ClassUnfit { .. }
            | Self::VerbMissing { .. }
            | Self::VerbMadeOtherwise { .. } => Some("verbs"),
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::VerbUnfit { verb }
            | Self::ClassUnfit { verb }
            | Self::VerbMissing { verb }
            | Self::VerbMadeOtherwise { verb } => BTreeMap::from([("verb", json!(verb))]),
            Self::NotFound
            | Self::Exists
            | Self::SystemUnfit
            | Self::NameUnfit
            | Self::LabelUnfit(_)
            | Self::VerbsUnfit
            | Self::NotRegistrar
            | Self::Retired => BTreeMap::new(),
        }
    }
}
