//! The service account's business "no".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::decide::issue_token::{DAYS_MAX, TOKENS_MAX};
use super::words::Right;
use crate::kernel::Refusal;
use crate::kernel::text::TextFault;

/// Why a command on a service account is refused. The variant's name is the code:
/// `SERVICE_ACCOUNT_OWNER_UNFIT`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "SERVICE_ACCOUNT_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ServiceAccountRefusal {
    /// Z1: no such account.
    #[error("there is no such service account")]
    NotFound,
    /// Z1: registered already.
    #[error("the service account exists already")]
    Exists,
    /// Z1
    #[error("name {0}")]
    NameUnfit(TextFault),
    /// Z1
    #[error("purpose {0}")]
    PurposeUnfit(TextFault),
    /// Z5
    #[error("its owner is an active member of staff")]
    OwnerUnfit,
    /// Z7
    #[error("a system is a word of a-z, 0-9 and _, a letter first, and is not annals")]
    SystemUnfit,
    /// Z2
    #[error("a service account may do something")]
    NoRights,
    /// Z2
    #[error("nobody gives a right that they do not have: {right}")]
    RightNotHeld {
        /// Which one.
        right: Right,
    },
    /// Z3
    #[error("a token ends later than now and within {DAYS_MAX} days")]
    EndUnfit,
    /// Z3
    #[error("{TOKENS_MAX} tokens serve already; revoke one first")]
    TooManyTokens,
    /// Z4
    #[error("it has no such token")]
    TokenNotFound,
    /// Z6
    #[error("the service account is retired")]
    Retired,
}

impl Refusal for ServiceAccountRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotFound | Self::Exists | Self::TooManyTokens | Self::Retired => None,
            Self::NameUnfit(_) => Some("name"),
            Self::PurposeUnfit(_) => Some("purpose"),
            Self::OwnerUnfit => Some("ownerId"),
            Self::SystemUnfit => Some("system"),
            Self::NoRights | Self::RightNotHeld { .. } => Some("rights"),
            Self::EndUnfit => Some("endsAt"),
            Self::TokenNotFound => Some("tokenId"),
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::RightNotHeld { right } => BTreeMap::from([("right", json!(right))]),
            Self::EndUnfit => BTreeMap::from([("maxDays", json!(DAYS_MAX))]),
            Self::TooManyTokens => BTreeMap::from([("max", json!(TOKENS_MAX))]),
            _ => BTreeMap::new(),
        }
    }
}
