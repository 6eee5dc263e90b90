//! What can have happened to a rule of segregation of duties. These names and shapes are the storage format: add,
//! never rename, never change a meaning.

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use crate::access::model::SodRule;

/// An event of a rule's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "sod_rule.", serialize_all = "snake_case")]
pub enum SodRuleEvent {
    /// This is the rule from now on.
    Defined(Box<SodRule>),
    /// It is another one from now on.
    Redefined(Box<SodRule>),
    /// See [`Retired`].
    Retired(Retired),
}

impl DomainEvent for SodRuleEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// It separates nothing any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retired {}
