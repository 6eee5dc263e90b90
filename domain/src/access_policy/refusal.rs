//! The policy's business "no".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::decide::change_limits::{ESCALATIONS_MAX, JUSTIFICATION_MAX, PEOPLE_MAX};
use super::decide::draw_boundary::PATTERNS_MAX;
use super::decide::prepare_emergencies::EMERGENCIES_MAX;
use super::decide::set_rules::{APPROVERS_MAX, NAMED_MAX, RULES_MAX, STAGES_MAX};
use crate::access::model::ActionName;
use crate::kernel::text::TextFault;
use crate::kernel::{Refusal, RoleId};

/// Why a command on the policy is refused. The variant's name is the code:
/// `ACCESS_POLICY_RULES_TOO_MANY`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "ACCESS_POLICY_", serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the fields say which rule, stage or action")]
pub enum AccessPolicyRefusal {
    /// AP2
    #[error("there are at most {RULES_MAX} rules")]
    RulesTooMany,
    /// AP2
    #[error("the key {fault}")]
    KeyUnfit { fault: TextFault },
    /// AP2
    #[error("the key {key} is there twice")]
    KeyTwice { key: String },
    /// AP2
    #[error("rule {key} names more than {NAMED_MAX} roles")]
    RolesTooMany { key: String },
    /// AP2
    #[error("rule {key} has more than {STAGES_MAX} stages")]
    StagesTooMany { key: String },
    /// AP2
    #[error("the stages of rule {key} have orders of their own, 0 to 254")]
    OrderUnfit { key: String, order: u8 },
    /// AP2
    #[error("stage {order} of rule {key} has 1 to {APPROVERS_MAX} approvers")]
    ApproversUnfit { key: String, order: u8 },
    /// AP2
    #[error("the mode of stage {order} of rule {key} cannot be satisfied")]
    ModeUnfit { key: String, order: u8 },
    /// AP2
    #[error("a stage takes a minute to ninety days, in the hours of a calendar that exists")]
    SpanUnfit,
    /// AP3
    #[error("rule {key} asks nobody, so it names its roles")]
    RolesMissing { key: String },
    /// AP3
    #[error("nobody lets pass what they may not give: {action}")]
    NotHeld { key: String, action: ActionName },
    /// AP4
    #[error("rule {key} names a role that is not there")]
    RoleUnfit { key: String },
    /// AP4
    #[error("a group that is named is not there")]
    GroupUnfit,
    /// AP4
    #[error("a person who is named is not active")]
    PersonUnfit,
    /// AP5
    #[error("a justification has at least 0 to {JUSTIFICATION_MAX} characters")]
    JustificationUnfit,
    /// AP5
    #[error("a stage goes 0 to {ESCALATIONS_MAX} levels up")]
    EscalationsUnfit,
    /// AP5
    #[error("a rule grants by itself to 0 to {PEOPLE_MAX} people")]
    PeopleUnfit,
    /// AP6
    #[error("a boundary has at most {PATTERNS_MAX} patterns")]
    BoundaryTooLong,
    /// AP6
    #[error("nobody widens what keeps something from them: {action}")]
    BoundaryBindsActor { action: ActionName },
    /// AP7
    #[error("at most {EMERGENCIES_MAX} roles are for emergencies")]
    EmergenciesTooMany,
    /// AP4
    #[error("a role for emergencies is not there")]
    EmergencyUnfit { role: RoleId },
    /// AP7
    #[error("nobody prepares for others to take what they may not give: {action}")]
    EmergencyNotHeld { role: RoleId, action: ActionName },
}

impl Refusal for AccessPolicyRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        Some(match self {
            Self::RulesTooMany
            | Self::KeyUnfit { .. }
            | Self::KeyTwice { .. }
            | Self::RolesTooMany { .. }
            | Self::StagesTooMany { .. }
            | Self::OrderUnfit { .. }
            | Self::ApproversUnfit { .. }
            | Self::ModeUnfit { .. }
            | Self::RolesMissing { .. }
            | Self::NotHeld { .. }
            | Self::RoleUnfit { .. } => "rules",
            Self::SpanUnfit => "span",
            Self::GroupUnfit => "groupId",
            Self::PersonUnfit => "personId",
            Self::JustificationUnfit => "justificationMin",
            Self::EscalationsUnfit => "maxEscalations",
            Self::PeopleUnfit => "rulePeopleMax",
            Self::BoundaryTooLong | Self::BoundaryBindsActor { .. } => "ceiling",
            Self::EmergenciesTooMany
            | Self::EmergencyUnfit { .. }
            | Self::EmergencyNotHeld { .. } => "roles",
        })
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::KeyTwice { key }
            | Self::RolesTooMany { key }
            | Self::StagesTooMany { key }
            | Self::RolesMissing { key }
            | Self::RoleUnfit { key } => BTreeMap::from([("rule", json!(key))]),
            Self::OrderUnfit { key, order }
            | Self::ApproversUnfit { key, order }
            | Self::ModeUnfit { key, order } => {
                BTreeMap::from([("rule", json!(key)), ("order", json!(order))])
            }
            Self::NotHeld { key, action } => {
                BTreeMap::from([("rule", json!(key)), ("action", json!(action))])
            }
            Self::BoundaryBindsActor { action } => BTreeMap::from([("action", json!(action))]),
            Self::EmergencyUnfit { role } => BTreeMap::from([("roleId", json!(role))]),
            Self::EmergencyNotHeld { role, action } => {
                BTreeMap::from([("roleId", json!(role)), ("action", json!(action))])
            }
            _ => BTreeMap::new(),
        }
    }
}
