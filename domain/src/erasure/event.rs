//! What can have happened to an erasure. These names and shapes are the storage format: add, never
//! rename, never change a meaning.

use std::collections::{BTreeMap, BTreeSet};

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::words::{ErasureGround, Exemption};
use crate::kernel::{PersonId, Personal};

/// An event of an erasure's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "erasure.", serialize_all = "snake_case")]
pub enum ErasureEvent {
    /// See [`Requested`].
    Requested(Requested),
    /// See [`Approved`].
    Approved(Approved),
    /// See [`Refused`].
    Refused(Refused),
    /// See [`Withdrawn`].
    Withdrawn(Withdrawn),
    /// See [`DestructionBegun`].
    DestructionBegun(DestructionBegun),
    /// See [`KeysDestroyed`].
    KeysDestroyed(KeysDestroyed),
    /// See [`Purged`].
    Purged(Purged),
    /// See [`Certified`].
    Certified(Certified),
}

impl DomainEvent for ErasureEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// Somebody asks that a person be erased.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Requested {
    /// Whom.
    pub person: PersonId,
    /// With which right.
    pub ground: ErasureGround,
    /// Why, under the deployment's key.
    pub why: Personal<String>,
    /// Who asks; none: a program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requester: Option<PersonId>,
}

/// Somebody else said yes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Approved {
    /// Who.
    pub by: PersonId,
}

/// Somebody else said no.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Refused {
    /// Who.
    pub by: PersonId,
    /// What the law says for it.
    pub ground: Exemption,
    /// Why, under the deployment's key.
    pub why: Personal<String>,
}

/// Whoever asked does not want it any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Withdrawn {}

/// From here on it does not stop: keys may be gone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DestructionBegun {}

/// The person's keys are gone, and nobody can read what they seal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeysDestroyed {
    /// Their identities, as envelopes name them; none: nothing was ever sealed.
    pub keys: BTreeSet<Uuid>,
}

/// Whatever is made from the history was made again without the person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Purged {
    /// Of how many streams.
    pub streams: u32,
    /// Each view by its name.
    pub views: BTreeMap<String, PurgedView>,
    /// What was deleted beside the views, by what it is: how many.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub besides: BTreeMap<String, u64>,
}

/// A view that was purged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurgedView {
    /// It has been, up to the event with this number.
    pub through: i64,
    /// How many of its rows were made again, or are gone.
    pub rows: u64,
}

/// It is done. With what came before, this is the certificate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Certified {
    /// The log had so many events, and was searched to its end.
    pub position: i64,
    /// The root of its tree then, in hex.
    pub root: String,
}
