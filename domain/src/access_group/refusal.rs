//! The group's business "no".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::decide::{DEPTH_MAX, MEMBERS_MAX};
use crate::access::model::ActionName;
use crate::access::population::PopulationFault;
use crate::kernel::text::TextFault;
use crate::kernel::{Refusal, SodRuleId};

/// Why a command on a group is refused. The variant's name is the code: `ACCESS_GROUP_CYCLE`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "ACCESS_GROUP_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum AccessGroupRefusal {
    /// AG1: no such group.
    #[error("there is no such group")]
    NotFound,
    /// AG1: defined already.
    #[error("the group exists already")]
    Exists,
    /// AG1
    #[error("name {0}")]
    NameUnfit(TextFault),
    /// AG1
    #[error("purpose {0}")]
    PurposeUnfit(TextFault),
    /// AG1
    #[error("whoever answers for a group is active")]
    KeeperUnfit,
    /// AG2
    #[error("members are there and active")]
    MemberUnfit,
    /// AG2
    #[error("a group has at most {MEMBERS_MAX} members")]
    TooManyMembers,
    /// AG2
    #[error("the population {0}")]
    PopulationUnfit(PopulationFault),
    /// AG2
    #[error("a unit that the population names does not exist")]
    UnitUnfit,
    /// AG3
    #[error("no group is within itself")]
    Cycle,
    /// AG3
    #[error("at most {DEPTH_MAX} groups lie one in the other")]
    TooDeep,
    /// AG4
    #[error("nobody lets others have what they may not give: {action}")]
    NotHeld {
        /// The first action that is missing.
        action: ActionName,
    },
    /// AG4
    #[error("nobody lets themselves in")]
    OwnMembership,
    /// AG7
    #[error("nobody leaves, or ends, a group that keeps something from them")]
    BindsActor,
    /// AG5
    #[error("duties would not be separated any more")]
    Duties {
        /// By which rule they are.
        rule: SodRuleId,
    },
    /// AG6
    #[error("the group is retired")]
    Retired,
}

impl Refusal for AccessGroupRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NameUnfit(_) => Some("name"),
            Self::PurposeUnfit(_) => Some("purpose"),
            Self::KeeperUnfit => Some("ownerId"),
            Self::MemberUnfit
            | Self::Cycle
            | Self::TooDeep
            | Self::OwnMembership
            | Self::BindsActor
            | Self::Duties { .. } => Some("memberId"),
            Self::PopulationUnfit(_) | Self::UnitUnfit => Some("population"),
            Self::NotFound
            | Self::Exists
            | Self::TooManyMembers
            | Self::NotHeld { .. }
            | Self::Retired => None,
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::TooManyMembers => BTreeMap::from([("max", json!(MEMBERS_MAX))]),
            Self::TooDeep => BTreeMap::from([("max", json!(DEPTH_MAX))]),
            Self::NotHeld { action } => BTreeMap::from([("action", json!(action))]),
            Self::Duties { rule } => BTreeMap::from([("sodRuleId", json!(rule))]),
            _ => BTreeMap::new(),
        }
    }
}
