//! The rule's business "no".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::bounds::{ACTIONS_MAX, DUTIES_MAX, SET_MAX};
use crate::access::model::{ActionName, ActionPattern, DutyName};
use crate::kernel::text::TextFault;
use crate::kernel::{Refusal, RoleId};

/// Why a command on a rule of segregation of duties is refused. The variant's name is the code:
/// `SOD_RULE_COUNT_UNFIT`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "SOD_RULE_", serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the fields say where: which role, action, duty")]
pub enum SodRuleRefusal {
    /// SD1: no such rule.
    #[error("there is no such rule")]
    NotFound,
    /// SD1: defined already.
    #[error("the rule exists already")]
    Exists,
    /// SD1
    #[error("name {0}")]
    NameUnfit(TextFault),
    /// SD2
    #[error("a rule counts 2 to {SET_MAX} roles or actions")]
    SetUnfit,
    /// SD2
    #[error("a rule is broken by two of what it counts at least, and by all at most")]
    CountUnfit,
    /// SD2
    #[error("a role that it counts is not there")]
    RoleUnknown { role: RoleId },
    /// SD2
    #[error("it counts an action that there is not: {actions}")]
    ActionsUnknown { actions: ActionPattern },
    /// SD3
    #[error("there is nothing of that type to do anything with")]
    ObjectTypeUnknown,
    /// SD3
    #[error("a rule separates 2 to {DUTIES_MAX} duties of distinct names")]
    DutiesUnfit,
    /// SD3
    #[error("duty {duty} is taken on by more than {ACTIONS_MAX} actions")]
    TooManyActions { duty: DutyName },
    /// SD3
    #[error("there is no such action on objects of that type: {action}")]
    ActionUnknown { action: ActionName },
    /// SD3
    #[error("an action takes on one duty: {action}")]
    ActionTwice { action: ActionName },
    /// SD3
    #[error("what was done cannot be taken back")]
    NothingToPrune,
    /// SD4
    #[error("nobody changes a rule that keeps something from them")]
    BindsActor,
    /// SD5
    #[error("the rule is retired")]
    Retired,
}

impl Refusal for SodRuleRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotFound | Self::Exists | Self::BindsActor | Self::Retired => None,
            Self::NameUnfit(_) => Some("name"),
            Self::SetUnfit
            | Self::RoleUnknown { .. }
            | Self::ActionsUnknown { .. }
            | Self::CountUnfit
            | Self::ObjectTypeUnknown
            | Self::DutiesUnfit
            | Self::TooManyActions { .. }
            | Self::ActionUnknown { .. }
            | Self::ActionTwice { .. } => Some("kind"),
            Self::NothingToPrune => Some("action"),
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::RoleUnknown { role } => BTreeMap::from([("roleId", json!(role))]),
            Self::ActionsUnknown { actions } => BTreeMap::from([("actions", json!(actions))]),
            Self::TooManyActions { duty } => BTreeMap::from([("duty", json!(duty))]),
            Self::ActionUnknown { action } | Self::ActionTwice { action } => {
                BTreeMap::from([("action", json!(action))])
            }
            _ => BTreeMap::new(),
        }
    }
}
