//! What can have happened to an item. These names and shapes are the storage format: add, never
//! rename, never change a meaning.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use super::words::{Link, Origin};
use crate::cmdb::Stored;
use crate::kernel::{CiClassId, CiId};

/// An event of an item's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "ci.", serialize_all = "snake_case")]
pub enum CiEvent {
    /// It is known from now on.
    Registered(Box<Registered>),
    /// A source says anew what it is called.
    Renamed(Correction),
    /// Likewise where in its life it is.
    StatusMoved(Correction),
    /// Likewise whose it is.
    OwnershipMoved(Correction),
    /// Likewise any other attribute.
    Corrected(Correction),
    /// It is related to another item.
    Related(Bond),
    /// It is not any more.
    Unrelated(Bond),
    /// It is not used any more.
    Retired(Retired),
    /// Another item goes on in its place.
    MergedInto(MergedInto),
    /// A source that knows it did not send it any more.
    Missed(Missed),
    /// It did again.
    FoundAgain(FoundAgain),
    /// It may be the same thing as another item.
    Likened(Likened),
    /// It is not.
    ToldApart(ToldApart),
}

impl DomainEvent for CiEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// What is known at first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Registered {
    /// Its class, for good.
    pub class: CiClassId,
    /// What tells items of the class apart.
    pub identity: Vec<Vec<String>>,
    /// Who says so.
    pub origin: Origin,
    /// Its attributes.
    pub values: BTreeMap<String, Stored>,
    /// What it is related to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Link>,
}

/// What a source says anew of one attribute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// The attribute.
    pub attribute: String,
    /// Who says so.
    pub origin: Origin,
    /// What it says; none: nothing any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<Stored>,
    /// What counted before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Stored>,
    /// What counts now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Stored>,
}

/// A relation to another item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bond {
    /// The relation's name.
    pub relation: String,
    /// The item at its other end.
    pub to: CiId,
    /// Who says so.
    pub origin: Origin,
}

/// Nothing more is to be said; why stands with the event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Retired {}

/// What goes on in its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MergedInto {
    /// The other item.
    pub into: CiId,
}

/// Who misses it, and since when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Missed {
    /// The source's name.
    pub source: String,
    /// When it was first not sent.
    pub since: DateTime<Utc>,
}

/// Who does not miss it any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FoundAgain {
    /// The source's name.
    pub source: String,
}

/// What it may be the same thing as.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Likened {
    /// The other item.
    pub other: CiId,
    /// Whose row matched both.
    pub source: String,
}

/// What it is not the same thing as, however alike they look.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToldApart {
    /// The other item.
    pub other: CiId,
}

impl CiEvent {
    /// The correction, if it is one.
    pub fn correction(&self) -> Option<&Correction> {
        match self {
            Self::Renamed(e)
            | Self::StatusMoved(e)
            | Self::OwnershipMoved(e)
            | Self::Corrected(e) => Some(e),
            Self::Registered(_)
            | Self::Related(_)
            | Self::Unrelated(_)
            | Self::Retired(_)
            | Self::MergedInto(_)
            | Self::Missed(_)
            | Self::FoundAgain(_)
            | Self::Likened(_)
            | Self::ToldApart(_) => None,
        }
    }
}
