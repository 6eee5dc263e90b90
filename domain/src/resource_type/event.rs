//! What can have happened to a resource type. These names and shapes are the storage format: add,
//! never rename, never change a meaning.

use std::collections::BTreeMap;

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use crate::access::model::{ActionClass, ActionInfo};
use crate::kernel::ServiceAccountId;

/// An event of a resource type's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "resource_type.", serialize_all = "snake_case")]
pub enum ResourceTypeEvent {
    /// See [`Defined`].
    Defined(Defined),
    /// See [`Redefined`].
    Redefined(Redefined),
    /// See [`Retired`].
    Retired(Retired),
}

impl DomainEvent for ResourceTypeEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// What can be done with a resource, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verb {
    /// Whether it reads, does something, or approves.
    pub class: ActionClass,
    /// Whether each decision about it is kept.
    pub high_risk: bool,
}

/// Annals decides about these resources from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Defined {
    /// Whose they are.
    pub system: String,
    /// What they are called there.
    pub name: String,
    /// What people call them.
    pub label: String,
    /// What can be done with them.
    pub verbs: BTreeMap<String, Verb>,
    /// The program that said so; none: a person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registrar: Option<ServiceAccountId>,
}

/// More can be done with them, or they are called otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redefined {
    /// What people call them.
    pub label: String,
    /// What can be done with them, all of it.
    pub verbs: BTreeMap<String, Verb>,
}

/// Nobody may do anything with them any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retired {}

impl Defined {
    /// What its actions begin with: `system:type`.
    pub fn full_name(&self) -> String {
        format!("{}:{}", self.system, self.name)
    }

    /// Its actions, as the registry has them.
    pub fn actions(&self) -> impl Iterator<Item = ActionInfo> + '_ {
        self.verbs.iter().filter_map(|(word, verb)| {
            Some(ActionInfo {
                name: format!("{}.{word}", self.full_name()).parse().ok()?,
                class: verb.class,
                is_read: verb.class == ActionClass::Data,
                high_risk: verb.high_risk,
            })
        })
    }
}
