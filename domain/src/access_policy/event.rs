//! What can have happened to the policy of access. These names and shapes are the storage format: add,
//! never rename, never change a meaning.

use std::collections::BTreeMap;

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use super::rules::RequestRule;
use crate::access::model::{Ceiling, SubjectKind};
use crate::access_request::stage::Span;
use crate::kernel::{AccessGroupId, PersonId, RoleId};

/// An event of the policy's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "access_policy.", serialize_all = "snake_case")]
pub enum AccessPolicyEvent {
    /// See [`RulesSet`].
    RulesSet(RulesSet),
    /// See [`GovernanceChosen`].
    GovernanceChosen(GovernanceChosen),
    /// See [`LimitsChanged`].
    LimitsChanged(LimitsChanged),
    /// See [`BoundaryDrawn`].
    BoundaryDrawn(BoundaryDrawn),
    /// See [`EmergenciesPrepared`].
    EmergenciesPrepared(EmergenciesPrepared),
}

impl DomainEvent for AccessPolicyEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// Requests go this way from now on; those that are under way go on as planned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RulesSet {
    /// All rules.
    pub rules: Vec<RequestRule>,
}

/// These watch over access from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GovernanceChosen {
    /// The group that is asked for exceptions, and when nobody else is there; none: nobody is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub governance: Option<AccessGroupId>,
    /// Who answers for roles that are nobody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
}

/// How much is asked for and allowed from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LimitsChanged {
    /// How many characters a justification has at least.
    pub justification_min: u16,
    /// How often a stage goes a level up.
    pub max_escalations: u8,
    /// How long a stage may take that no rule made.
    pub span: Span,
    /// Whether nobody decides what somebody asks for whom they answer to.
    pub without_subordinates: bool,
    /// Up to how many people a rule grants by itself without a second person.
    pub rule_people_max: u32,
}

/// Subjects of this sort do nothing else from now on, whatever is granted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoundaryDrawn {
    /// Which sort.
    pub kind: SubjectKind,
    /// What they may do at most; none: anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ceiling: Option<Ceiling>,
}

/// Some may take a role when nobody can be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EmergenciesPrepared {
    /// Which roles, and whose people.
    pub roles: BTreeMap<RoleId, AccessGroupId>,
}
