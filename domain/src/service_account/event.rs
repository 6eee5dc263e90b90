//! What can have happened to a service account. These names and shapes are the storage format: add,
//! never rename, never change a meaning. No event holds a secret.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use super::words::Right;
use crate::kernel::{PersonId, ServiceTokenId};

/// An event of a service account's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "service_account.", serialize_all = "snake_case")]
pub enum ServiceAccountEvent {
    /// It began.
    Registered(Box<Registered>),
    /// It can speak with another token.
    TokenIssued(TokenIssued),
    /// A token serves no more.
    TokenRevoked(TokenRevoked),
    /// Somebody else answers for it.
    OwnerChanged(OwnerChanged),
    /// It is over, and its tokens with it.
    Retired(Retired),
}

impl DomainEvent for ServiceAccountEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// What it begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// Unique, whatever its case.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Who answers for it.
    pub owner: PersonId,
    /// What it may do.
    pub rights: BTreeSet<Right>,
    /// The system that it is a part of; none: of none in particular.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
}

/// Which token, and until when it serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenIssued {
    /// Its identity; not the secret.
    pub token: ServiceTokenId,
    /// From this instant on it does not serve.
    pub ends_at: DateTime<Utc>,
}

/// Which token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRevoked {
    /// Its identity.
    pub token: ServiceTokenId,
}

/// Who answers for it now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerChanged {
    /// The new owner.
    pub owner: PersonId,
}

/// Nothing more to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retired {}
