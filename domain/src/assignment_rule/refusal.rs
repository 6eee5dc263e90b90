//! The business "no" of a rule that grants by itself.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::decide::GIVES_MAX;
use crate::access::model::ActionName;
use crate::access::population::PopulationFault;
use crate::kernel::text::TextFault;
use crate::kernel::{Refusal, RoleId};

/// Why a command on a rule is refused. The variant's name is the code:
/// `ASSIGNMENT_RULE_NOT_SIMULATED`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "ASSIGNMENT_RULE_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum AssignmentRuleRefusal {
    /// AA1: no such rule.
    #[error("there is no such assignment rule")]
    NotFound,
    /// AA1: defined or proposed already.
    #[error("the assignment rule exists already")]
    Exists,
    /// AA1
    #[error("name {0}")]
    NameUnfit(TextFault),
    /// AA2
    #[error("the population {0}")]
    PopulationUnfit(PopulationFault),
    /// AA2
    #[error("a unit that the population names does not exist")]
    UnitUnfit,
    /// AA2
    #[error("a rule gives 1 to {GIVES_MAX} roles")]
    GivesUnfit,
    /// AA2
    #[error("a role that the rule gives is not there, or is held for a time only")]
    RoleUnfit {
        /// Which.
        role: RoleId,
    },
    /// AA3
    #[error("what was seen to come of it is not what would come of it now")]
    NotSimulated,
    /// AA4
    #[error("nobody gives by a rule what they may not give: {action}")]
    NotHeld {
        /// The first action that is missing.
        action: ActionName,
    },
    /// AA5
    #[error("nothing waits to be confirmed")]
    NothingWaits,
    /// AA5
    #[error("people confirm in person")]
    NotInPerson,
    /// AA5
    #[error("nobody confirms what they proposed themselves")]
    SamePerson,
    /// AA6
    #[error("the assignment rule is retired")]
    Retired,
}

impl Refusal for AssignmentRuleRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NameUnfit(_) => Some("name"),
            Self::PopulationUnfit(_) | Self::UnitUnfit => Some("population"),
            Self::GivesUnfit | Self::RoleUnfit { .. } | Self::NotHeld { .. } => Some("gives"),
            Self::NotSimulated => Some("seen"),
            Self::NotFound
            | Self::Exists
            | Self::NothingWaits
            | Self::NotInPerson
            | Self::SamePerson
            | Self::Retired => None,
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::GivesUnfit => BTreeMap::from([("max", json!(GIVES_MAX))]),
            Self::RoleUnfit { role } => BTreeMap::from([("roleId", json!(role))]),
            Self::NotHeld { action } => BTreeMap::from([("action", json!(action))]),
            _ => BTreeMap::new(),
        }
    }
}
