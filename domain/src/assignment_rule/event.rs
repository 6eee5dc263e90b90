//! What can have happened to a rule that grants by itself. These names and shapes are the storage
//! format: add, never rename, never change a meaning.

use std::collections::BTreeSet;

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use super::simulation::Simulation;
use crate::access::model::Scope;
use crate::access::population::Population;
use crate::kernel::{PersonId, RoleId};

/// An event of a rule's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "assignment_rule.", serialize_all = "snake_case")]
pub enum AssignmentRuleEvent {
    /// See [`Defined`].
    Defined(Box<Defined>),
    /// See [`Proposed`].
    Proposed(Box<Proposed>),
    /// See [`Confirmed`].
    Confirmed(Confirmed),
    /// See [`Declined`].
    Declined(Declined),
    /// See [`Retired`].
    Retired(Retired),
}

impl DomainEvent for AssignmentRuleEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// What a rule says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// Unique, whatever its case.
    pub name: String,
    /// Whom it is for.
    pub population: Population,
    /// What they have by it.
    pub gives: BTreeSet<Given>,
}

/// A role that a rule gives.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Given {
    /// Which.
    pub role: RoleId,
    /// Where.
    pub scope: Scope,
}

/// The rule is in force, as its next version; what waited does not any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Defined {
    /// What it says.
    pub definition: Definition,
    /// What was to come of it.
    pub simulation: Simulation,
}

/// The rule waits for a second person; what waited before does not any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposed {
    /// What it would say.
    pub definition: Definition,
    /// What was to come of it.
    pub simulation: Simulation,
    /// Who proposes it; none: a program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
}

/// A second person confirmed what waited: it is in force, as the next version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Confirmed {
    /// Who.
    pub by: PersonId,
    /// What was to come of it then.
    pub simulation: Simulation,
}

/// What waited does not come into force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Declined {}

/// The rule is over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Retired {}
