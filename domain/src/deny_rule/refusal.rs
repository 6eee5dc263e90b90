//! The rule's business "no".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::access::fit::{EntryFault, FIELDS_MAX};
use crate::access::model::AccessSubject;
use crate::kernel::text::TextFault;
use crate::kernel::{Refusal, RoleId};

/// Why a command on a rule that denies is refused. The variant's name is the code:
/// `DENY_RULE_ACTIONS_UNFIT`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "DENY_RULE_", serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the fields say which role or subject")]
pub enum DenyRuleRefusal {
    /// DR1: no such rule.
    #[error("there is no such rule")]
    NotFound,
    /// DR1: defined already.
    #[error("the rule exists already")]
    Exists,
    /// DR1
    #[error("name {0}")]
    NameUnfit(TextFault),
    /// DR2
    #[error("the rule {0}")]
    ActionsUnfit(EntryFault),
    /// DR2
    #[error("a rule denies up to {FIELDS_MAX} fields")]
    TooManyFields,
    /// DR2
    #[error("the rule {0}")]
    ConditionUnfit(EntryFault),
    /// DR3
    #[error("the role that it is for is not there")]
    RoleUnknown { role: RoleId },
    /// DR3
    #[error("nobody is there whom it is for")]
    SubjectUnknown { subject: AccessSubject },
    /// DR4
    #[error("nobody would be left to lift it")]
    NobodyLeft,
    /// DR5
    #[error("nobody changes a rule that keeps something from them")]
    BindsActor,
    /// DR6
    #[error("the rule is retired")]
    Retired,
}

impl Refusal for DenyRuleRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotFound | Self::Exists | Self::BindsActor | Self::Retired => None,
            Self::NameUnfit(_) => Some("name"),
            Self::ActionsUnfit(_) | Self::NobodyLeft => Some("actions"),
            Self::TooManyFields => Some("fields"),
            Self::ConditionUnfit(_) => Some("condition"),
            Self::RoleUnknown { .. } | Self::SubjectUnknown { .. } => Some("whom"),
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::RoleUnknown { role } => BTreeMap::from([("roleId", json!(role))]),
            Self::SubjectUnknown { subject } => BTreeMap::from([("subject", json!(subject))]),
            _ => BTreeMap::new(),
        }
    }
}
