//! The erasure's business "no".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::known::{Bonds, Obstacle};
use crate::kernel::Refusal;
use crate::kernel::text::TextFault;

/// Why a command on an erasure is refused. The variant's name is the code: `ERASURE_HELD`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "ERASURE_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ErasureRefusal {
    /// ER1: no such erasure.
    #[error("there is no such erasure")]
    NotFound,
    /// ER1: asked for already.
    #[error("the erasure exists already")]
    Exists,
    /// ER1
    #[error("there is no such person")]
    PersonUnknown,
    /// ER1
    #[error("the person is being erased, or is erased")]
    PersonErased,
    /// ER1, ER4
    #[error("reason {0}")]
    WhyUnfit(TextFault),
    /// ER2
    #[error("people decide in person")]
    NotInPerson,
    /// ER2
    #[error(
        "nobody decides on what they ask for or on their own erasure, with no account of theirs"
    )]
    OwnErasure,
    /// ER3
    #[error("evidence is held that would be destroyed")]
    Held(Box<Bonds>),
    /// ER3
    #[error("the person has not left")]
    PersonActive(Box<Bonds>),
    /// ER3
    #[error("the person has access")]
    AccessOpen(Box<Bonds>),
    /// ER3
    #[error("access is asked for, for the person")]
    RequestOpen(Box<Bonds>),
    /// ER4
    #[error("only whoever asked for it may do this")]
    NotYours,
    /// ER4, ER5
    #[error("the erasure has begun, and is not stopped")]
    Begun,
    /// ER4
    #[error("the erasure was refused or withdrawn")]
    Over,
    /// ER5
    #[error("what comes before this has not been done")]
    TooEarly,
    /// ER5
    #[error("what is recorded is out of bounds")]
    RecordUnfit,
}

impl ErasureRefusal {
    /// ER3: what stands in the way, if anything does; the gravest gives the code.
    pub(super) fn of(bonds: &Bonds) -> Option<Self> {
        let all = Box::new(bonds.clone());
        bonds.obstacles().first().map(|gravest| match gravest {
            Obstacle::Held => Self::Held(all),
            Obstacle::PersonActive => Self::PersonActive(all),
            Obstacle::AccessOpen => Self::AccessOpen(all),
            Obstacle::RequestOpen => Self::RequestOpen(all),
        })
    }
}

impl Refusal for ErasureRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::PersonUnknown | Self::PersonErased => Some("personId"),
            Self::WhyUnfit(_) => Some("why"),
            Self::NotFound
            | Self::Exists
            | Self::NotInPerson
            | Self::OwnErasure
            | Self::Held(_)
            | Self::PersonActive(_)
            | Self::AccessOpen(_)
            | Self::RequestOpen(_)
            | Self::NotYours
            | Self::Begun
            | Self::Over
            | Self::TooEarly
            | Self::RecordUnfit => None,
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::Held(bonds)
            | Self::PersonActive(bonds)
            | Self::AccessOpen(bonds)
            | Self::RequestOpen(bonds) => BTreeMap::from([
                ("obstacles", json!(bonds.obstacles())),
                ("holds", json!(bonds.holds)),
                ("requests", json!(bonds.requests)),
            ]),
            _ => BTreeMap::new(),
        }
    }
}
