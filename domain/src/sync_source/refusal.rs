//! The source's business "no".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::decide::define::{CLASSES_MAX, DAYS_MAX};
use crate::kernel::Refusal;
use crate::kernel::text::TextFault;

/// Why a command on a source is refused. The variant's name is the code: `SYNC_SOURCE_NAME_FIXED`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "SYNC_SOURCE_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum SyncSourceRefusal {
    /// Y1: no such source.
    #[error("there is no such source")]
    NotFound,
    /// Y1
    #[error("name {0}")]
    NameUnfit(TextFault),
    /// Y1: people, and files that name no source.
    #[error("manual and import are not names of sources")]
    NameReserved,
    /// Y1: what it said stands under its name.
    #[error("the name of a source stays")]
    NameFixed,
    /// Y2
    #[error("a rank is from 1 to 999")]
    RankUnfit,
    /// Y3
    #[error("0 to {DAYS_MAX} days are said if missing items are retired, else none")]
    DaysUnfit,
    /// Y4
    #[error("there is no class \"{class}\"")]
    ClassUnknown {
        /// As it was said.
        class: String,
    },
    /// Y4
    #[error("{class} has no attribute \"{attribute}\"")]
    AttributeUnknown {
        /// The class.
        class: String,
        /// As it was said.
        attribute: String,
    },
    /// Y4
    #[error("at most {CLASSES_MAX} classes")]
    TooManyClasses,
    /// Y5
    #[error("runs are recorded by imports, not by people")]
    NotByPeople,
}

impl Refusal for SyncSourceRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotFound | Self::NotByPeople => None,
            Self::NameUnfit(_) | Self::NameReserved | Self::NameFixed => Some("name"),
            Self::RankUnfit => Some("rank"),
            Self::DaysUnfit => Some("retireAfterDays"),
            Self::ClassUnknown { .. } | Self::AttributeUnknown { .. } | Self::TooManyClasses => {
                Some("owned")
            }
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::ClassUnknown { class } => BTreeMap::from([("class", json!(class))]),
            Self::AttributeUnknown { class, attribute } => {
                BTreeMap::from([("class", json!(class)), ("attribute", json!(attribute))])
            }
            Self::TooManyClasses => BTreeMap::from([("max", json!(CLASSES_MAX))]),
            _ => BTreeMap::new(),
        }
    }
}
