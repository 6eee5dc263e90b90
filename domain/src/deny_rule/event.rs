//! What can have happened to a rule that denies. These names and shapes are the storage format: add,
//! never rename, never change a meaning.

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use crate::access::model::Deny;

/// An event of a rule's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "deny_rule.", serialize_all = "snake_case")]
pub enum DenyRuleEvent {
    /// This is the rule from now on.
    Defined(Box<Definition>),
    /// It is another one from now on.
    Redefined(Box<Definition>),
    /// See [`Retired`].
    Retired(Retired),
}

impl DomainEvent for DenyRuleEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// A rule under its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// Unique, whatever its case.
    pub name: String,
    /// What it denies to whom.
    #[serde(flatten)]
    pub deny: Deny,
}

/// It denies nothing any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retired {}
