//! What can have happened to a rule that denies. These names and shapes are the storage format: add,
//! never rename, never change a meaning.

use std::collections::BTreeSet;

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use crate::access::model::{ActionPattern, Condition, Deny, FieldName, Matcher, Scope, Strength};
use crate::kernel::DenyRuleId;

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
    /// Whether anything lifts it.
    pub strength: Strength,
    /// Whom it is for.
    pub whom: Matcher,
    /// What it denies.
    pub actions: Vec<ActionPattern>,
    /// Where; no barrier stops it.
    #[serde(default)]
    pub scope: Scope,
    /// Under what circumstances; none: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// Only these fields are denied; none named: the action as a whole.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub fields: BTreeSet<FieldName>,
}

impl Definition {
    /// As decisions know it.
    pub fn deny(&self, id: DenyRuleId) -> Deny {
        Deny {
            id,
            strength: self.strength,
            whom: self.whom.clone(),
            actions: self.actions.clone(),
            scope: self.scope.clone(),
            condition: self.condition.clone(),
            fields: self.fields.clone(),
        }
    }
}

/// It denies nothing any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retired {}
