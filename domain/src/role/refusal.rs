//! The role's business "no".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::bounds::{ENTRIES_MAX, JUNIORS_MAX};
use crate::access::fit::{EntryFault, HOURS_MAX};
use crate::access::known::Holders;
use crate::access::model::{ActionName, JUNIORS_DEPTH_MAX};
use crate::kernel::text::TextFault;
use crate::kernel::{Refusal, RoleId, SodRuleId};

/// How many holders of a role are named.
const NAMED: usize = 20;

/// Why a command on a role is refused. The variant's name is the code: `ROLE_HELD_BY_ACTOR`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "ROLE_", serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the fields say where: which entry, action, role, rule")]
pub enum RoleRefusal {
    /// RO1: no such role.
    #[error("there is no such role")]
    NotFound,
    /// RO1: defined already.
    #[error("the role exists already")]
    Exists,
    /// RO1
    #[error("name {0}")]
    NameUnfit(TextFault),
    /// RO1
    #[error("its owner is an active member of staff")]
    OwnerUnfit,
    /// RO2
    #[error("a role has up to {ENTRIES_MAX} entries")]
    TooManyEntries,
    /// RO2
    #[error("entry {entry} {fault}")]
    EntryUnfit { entry: usize, fault: EntryFault },
    /// RO2
    #[error("a role inherits from up to {JUNIORS_MAX} others")]
    TooManyJuniors,
    /// RO2
    #[error("the mask {0}")]
    MaskUnfit(EntryFault),
    /// RO2
    #[error("a role is granted for 1 to {HOURS_MAX} hours, or for good")]
    HoursUnfit,
    /// RO3
    #[error("a role that it inherits from is not there")]
    JuniorUnknown { junior: RoleId },
    /// RO3
    #[error("a role does not inherit from itself")]
    Circular { role: RoleId },
    /// RO3
    #[error("no more than {JUNIORS_DEPTH_MAX} roles stand one above the other")]
    TooDeep { role: RoleId },
    /// RO4
    #[error("nobody changes a role that they hold")]
    HeldByActor,
    /// RO5
    #[error("nobody gives what they do not hold themselves: {action}")]
    PermissionNotHeld { action: ActionName },
    /// RO6
    #[error("the role would break a rule of segregation of duties all by itself")]
    BreaksSod { rule: SodRuleId, role: RoleId, holders: Holders },
    /// RO7
    #[error("another role inherits from it")]
    StillInherited { by: RoleId },
    /// RO7
    #[error("a role that is shipped is not retired")]
    Shipped,
    /// RO7
    #[error("the role is retired")]
    Retired,
}

impl Refusal for RoleRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotFound
            | Self::Exists
            | Self::HeldByActor
            | Self::BreaksSod { .. }
            | Self::StillInherited { .. }
            | Self::Shipped
            | Self::Retired => None,
            Self::NameUnfit(_) => Some("name"),
            Self::OwnerUnfit => Some("ownerId"),
            Self::TooManyEntries | Self::EntryUnfit { .. } | Self::PermissionNotHeld { .. } => {
                Some("entries")
            }
            Self::TooManyJuniors
            | Self::JuniorUnknown { .. }
            | Self::Circular { .. }
            | Self::TooDeep { .. } => Some("juniorIds"),
            Self::MaskUnfit(_) => Some("mask"),
            Self::HoursUnfit => Some("maxHours"),
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::EntryUnfit { entry, .. } => BTreeMap::from([("entry", json!(entry))]),
            Self::PermissionNotHeld { action } => BTreeMap::from([("action", json!(action))]),
            Self::JuniorUnknown { junior: role }
            | Self::Circular { role }
            | Self::TooDeep { role }
            | Self::StillInherited { by: role } => BTreeMap::from([("roleId", json!(role))]),
            Self::BreaksSod { rule, role, holders } => {
                let named: Vec<_> = holders.some.iter().take(NAMED).collect();
                BTreeMap::from([
                    ("ruleId", json!(rule)),
                    ("roleId", json!(role)),
                    ("subjects", json!(named)),
                    ("subjectCount", json!(holders.count)),
                ])
            }
            _ => BTreeMap::new(),
        }
    }
}
