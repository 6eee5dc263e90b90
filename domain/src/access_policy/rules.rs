//! Rules of requests: which stages a request goes through.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::access::model::RiskTier;
use crate::access_request::stage::{Mode, Span};
use crate::kernel::{AccessGroupId, PersonId, RoleId};

/// A rule: which requests it is for, and what they go through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestRule {
    /// What it is called; plans name it. Unique, whatever its case.
    pub key: String,
    /// Requests for these roles; none: for any.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub roles: BTreeSet<RoleId>,
    /// Requests for roles of these tiers of risk; none: of any.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tiers: BTreeSet<RiskTier>,
    /// What they go through; none: nobody is asked.
    pub stages: Vec<StageRule>,
}

/// A stage that a rule adds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageRule {
    /// Stages of one order are one; the lower comes first. 0 to 254.
    pub order: u8,
    /// Who is asked.
    pub approvers: BTreeSet<Approver>,
    /// How many votes decide.
    pub mode: Mode<Approver>,
    /// How long it may take.
    pub span: Span,
}

/// Who is asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approver {
    /// Whoever answers for the role; of a role that is nobody's, the policy's owner.
    RoleOwner,
    /// Those who head a unit of the beneficiary.
    Superior,
    /// Those who watch over access.
    Governance,
    /// This person.
    Person(PersonId),
    /// The people of this group.
    Group(AccessGroupId),
    /// Whoever holds this role.
    Holders(RoleId),
}

impl RequestRule {
    /// Whether it is for requests of this role.
    pub fn applies(&self, role: RoleId, tier: RiskTier) -> bool {
        (self.roles.is_empty() || self.roles.contains(&role))
            && (self.tiers.is_empty() || self.tiers.contains(&tier))
    }

    /// Everybody it names, in its modes too.
    pub fn approvers(&self) -> impl Iterator<Item = &Approver> {
        self.stages.iter().flat_map(|stage| {
            let steps = match &stage.mode {
                Mode::Thresholds { steps } => steps.as_slice(),
                Mode::Any | Mode::All | Mode::Quorum { .. } => &[],
            };
            stage.approvers.iter().chain(steps.iter().flat_map(|step| &step.among))
        })
    }
}
